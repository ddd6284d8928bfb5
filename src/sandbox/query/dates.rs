//! Dates in queries: `2026-03-01`, `-7d`, `startOfDay()` and `now("-2w")`.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::sandbox::query::{Operand, Operator};

/// A moment in a query; a bare day stands for all of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::sandbox) struct Moment {
    start: DateTime<Utc>,
    length: Duration,
}

impl Moment {
    /// Whether a date compares with this moment in the way the operator asks for.
    pub(in crate::sandbox) fn compares(self, date: DateTime<Utc>, operator: Operator) -> bool {
        let after_start = date >= self.start;
        // The difference cannot overflow where a sum could, at the end of the calendar.
        let inside = after_start && date - self.start < self.length;
        match operator {
            // Jira compares with the start of a bare day, whatever the direction.
            Operator::Greater => date > self.start,
            Operator::GreaterOrEqual => after_start,
            Operator::Less => date < self.start,
            Operator::LessOrEqual => date <= self.start,
            Operator::NotEqual | Operator::NotIn => !inside,
            _ => inside,
        }
    }
}

/// Reads a date operand.
pub(in crate::sandbox) fn moment(operand: &Operand, now: DateTime<Utc>) -> Option<Moment> {
    match operand {
        Operand::Word(text) => word(text, now),
        Operand::Function(name, arguments) => {
            let start = function(&name.to_lowercase(), now)?;
            let start = match arguments.first() {
                Some(offset) => shift(offset, start)?,
                None => start,
            };
            Some(exact(start))
        }
        Operand::List(_) | Operand::Empty => None,
    }
}

fn exact(start: DateTime<Utc>) -> Moment {
    Moment {
        start,
        length: Duration::minutes(1),
    }
}

fn word(text: &str, now: DateTime<Utc>) -> Option<Moment> {
    let dashed = text.trim().replace('/', "-");
    if let Ok(day) = NaiveDate::parse_from_str(&dashed, "%Y-%m-%d") {
        return Some(Moment {
            start: day.and_time(NaiveTime::MIN).and_utc(),
            length: Duration::days(1),
        });
    }
    for format in ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"] {
        if let Ok(moment) = NaiveDateTime::parse_from_str(&dashed, format) {
            return Some(exact(moment.and_utc()));
        }
    }
    shift(text.trim(), now).map(exact)
}

fn function(name: &str, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let today = now.date_naive();
    let (day, end) = match name {
        "now" | "currentlogin" => return Some(now),
        "startofday" => (today, false),
        "endofday" => (today.succ_opt()?, true),
        "startofweek" => (start_of_week(today)?, false),
        "endofweek" => (start_of_week(today)? + Duration::days(7), true),
        "startofmonth" => (today.with_day(1)?, false),
        "endofmonth" => (next_month(today)?, true),
        "startofyear" => (NaiveDate::from_ymd_opt(today.year(), 1, 1)?, false),
        "endofyear" => (NaiveDate::from_ymd_opt(today.year() + 1, 1, 1)?, true),
        _ => return None,
    };
    let start = day.and_time(NaiveTime::MIN).and_utc();
    Some(if end {
        start - Duration::seconds(1)
    } else {
        start
    })
}

fn start_of_week(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_signed(Duration::days(i64::from(
        day.weekday().num_days_from_sunday(),
    )))
}

fn next_month(day: NaiveDate) -> Option<NaiveDate> {
    if day.month() == 12 {
        NaiveDate::from_ymd_opt(day.year() + 1, 1, 1)
    } else {
        NaiveDate::from_ymd_opt(day.year(), day.month() + 1, 1)
    }
}

/// Moves a date by an offset such as `-7d`, `4w 2d` or `+1h`.
fn shift(offset: &str, from: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let mut moved = from;
    let mut any = false;
    let mut sign = 1;
    for part in offset.split_whitespace() {
        let digits = if let Some(rest) = part.strip_prefix('-') {
            sign = -1;
            rest
        } else if let Some(rest) = part.strip_prefix('+') {
            sign = 1;
            rest
        } else {
            part
        };
        let unit = digits.chars().last()?;
        let number: i64 = digits.strip_suffix(unit)?.parse().ok()?;
        let seconds = match unit {
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            'M' => 2_592_000,
            'y' => 31_536_000,
            _ => return None,
        };
        let length = Duration::try_seconds(number.checked_mul(sign * seconds)?)?;
        moved = moved.checked_add_signed(length)?;
        any = true;
    }
    any.then_some(moved)
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone as _;

    use super::*;

    fn now() -> DateTime<Utc> {
        Utc.with_ymd_and_hms(2026, 3, 18, 12, 0, 0).unwrap()
    }

    fn start(text: &str) -> Option<String> {
        moment(&Operand::Word(text.to_owned()), now())
            .map(|moment| moment.start.format("%Y-%m-%d %H:%M").to_string())
    }

    #[test]
    fn days_minutes_and_offsets_are_dates() {
        assert_eq!(start("2026-03-01").as_deref(), Some("2026-03-01 00:00"));
        assert_eq!(
            start("2026/03/01 10:00").as_deref(),
            Some("2026-03-01 10:00")
        );
        assert_eq!(start("-1w 2d").as_deref(), Some("2026-03-09 12:00"));
        assert_eq!(start("yesterday"), None);
        assert_eq!(start("-99999999999999999d"), None);
        let end = moment(&Operand::Word("262142-12-31".to_owned()), now());
        assert!(end.is_none_or(|end| !end.compares(now(), Operator::Equal)));
    }

    #[test]
    fn a_bare_day_equals_every_moment_in_it() {
        let day = moment(&Operand::Word("2026-03-18".to_owned()), now()).unwrap();
        assert!(day.compares(now(), Operator::Equal));
        assert!(!day.compares(now(), Operator::LessOrEqual));
    }

    #[test]
    fn a_week_begins_on_sunday() {
        let week = Operand::Function("startOfWeek".to_owned(), Vec::new());
        let week = moment(&week, now()).unwrap();
        assert_eq!(week.start.format("%Y-%m-%d").to_string(), "2026-03-15");
    }
}
