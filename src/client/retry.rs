//! When a read is sent again, and after how long.

use std::time::{Duration, Instant};

use reqwest::{
    Response, StatusCode,
    header::{HeaderMap, RETRY_AFTER},
};

/// How often a read is sent again.
const MAXIMUM_RETRIES: u32 = 3;

/// The wait before the first retry; it doubles with each.
const FIRST_DELAY: Duration = Duration::from_millis(250);

/// The longest `Retry-After` that is waited for; a server that asks for more gets no retry.
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(10);

/// The retries of one call.
pub(super) struct Retry {
    deadline: Instant,
    made: u32,
}

impl Retry {
    pub(super) fn new(deadline: Instant) -> Self {
        Self { deadline, made: 0 }
    }

    /// How long to wait before sending again; `None` if the outcome stands.
    pub(super) fn delay(&mut self, outcome: &reqwest::Result<Response>) -> Option<Duration> {
        if self.made == MAXIMUM_RETRIES || !is_passing(outcome) {
            return None;
        }
        let backoff = jittered(FIRST_DELAY * 2_u32.pow(self.made));
        let asked = outcome
            .as_ref()
            .ok()
            .and_then(|response| retry_after(response.headers()));
        // Data Center is known to send `Retry-After: 0`, which is no leave to hammer it.
        let delay = asked.map_or(backoff, |asked| asked.max(backoff));
        if delay > LONGEST_RETRY_AFTER || delay >= left(self.deadline) {
            return None;
        }
        self.made += 1;
        Some(delay)
    }
}

/// The time left until a deadline.
pub(super) fn left(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now())
}

/// `Retry-After` in seconds; the form with a date is not sent by Atlassian's products.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(Duration::from_secs(seconds))
}

fn is_passing(outcome: &reqwest::Result<Response>) -> bool {
    match outcome {
        Ok(response) => matches!(
            response.status(),
            StatusCode::TOO_MANY_REQUESTS
                | StatusCode::BAD_GATEWAY
                | StatusCode::SERVICE_UNAVAILABLE
                | StatusCode::GATEWAY_TIMEOUT
        ),
        // A refused connection, an unknown host or a bad certificate will be no better in a second.
        Err(error) => !error.is_connect() && !error.is_timeout() && !error.is_builder(),
    }
}

/// Half to all of a delay, so that many clients do not come back at once.
fn jittered(delay: Duration) -> Duration {
    delay.mul_f64(0.5 + fastrand::f64() / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, retry_after: Option<&str>) -> reqwest::Result<Response> {
        let mut builder = http::Response::builder().status(status);
        if let Some(value) = retry_after {
            builder = builder.header(RETRY_AFTER, value);
        }
        Ok(Response::from(builder.body("").unwrap()))
    }

    fn retry() -> Retry {
        Retry::new(Instant::now() + Duration::from_secs(30))
    }

    #[test]
    fn delays_grow_and_end_after_three() {
        let mut retry = retry();
        for slot in [250..=500, 250..=500, 500..=1000]
            .into_iter()
            .zip([1, 1, 1])
        {
            let delay = retry.delay(&answer(503, None)).unwrap().as_millis();
            assert!(
                delay >= slot.0.start() / 2 && delay <= *slot.0.end(),
                "{delay}"
            );
        }
        assert_eq!(retry.delay(&answer(503, None)), None);
    }

    #[test]
    fn retry_after_is_honoured_up_to_a_cap() {
        let mut retry = retry();
        assert_eq!(
            retry.delay(&answer(429, Some("3"))),
            Some(Duration::from_secs(3))
        );
        assert!(retry.delay(&answer(429, Some("0"))).unwrap() >= FIRST_DELAY / 2);
        assert_eq!(retry.delay(&answer(429, Some("3600"))), None);
    }

    #[test]
    fn refusals_stand() {
        for status in [200, 400, 401, 403, 404, 409, 500] {
            assert_eq!(retry().delay(&answer(status, None)), None, "{status}");
        }
    }

    #[test]
    fn nothing_is_retried_past_the_deadline() {
        let mut retry = Retry::new(Instant::now() + Duration::from_millis(10));
        assert_eq!(retry.delay(&answer(503, None)), None);
    }
}
