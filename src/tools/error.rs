//! A failed call, in words that a model can act on.

use rmcp::{
    ErrorData,
    handler::server::tool::IntoCallToolResult,
    model::{CallToolResponse, CallToolResult, ContentBlock},
};

use crate::{
    client::{ApiError, ApiErrorKind},
    config::Product,
    policy::Denied,
    views::text,
};

/// The longest text of a failure, in characters: a site's own words may be many.
const MAXIMUM_LENGTH: usize = 4_000;

/// What failed and for which thing; then what to do about it.
#[derive(Debug)]
pub(crate) struct ToolError(String);

impl ToolError {
    /// An argument that cannot be right.
    pub(crate) fn argument(name: &str, problem: &str) -> Self {
        Self(format!("{name} {problem}"))
    }

    /// Any other failure, said in full.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// A client that could not be made.
    pub(crate) fn connecting(error: ApiError) -> Self {
        Self(format!("{error}. {}", advice(&error)))
    }

    /// A read that failed.
    pub(crate) fn reading(thing: impl Into<String>) -> impl FnOnce(ApiError) -> Self {
        let thing = thing.into();
        move |error| Self(format!("{thing}: {error}. {}", advice(&error)))
    }

    /// A write that failed, which may nevertheless have been carried out.
    pub(crate) fn writing(thing: impl Into<String>) -> impl FnOnce(ApiError) -> Self {
        let thing = thing.into();
        move |error| {
            let advice = if may_have_arrived(&error.kind) {
                "It may have been carried out all the same: look before you repeat it.".to_owned()
            } else {
                advice(&error)
            };
            Self(format!("{thing}: {error}. {advice}"))
        }
    }
}

impl From<Denied> for ToolError {
    fn from(denied: Denied) -> Self {
        Self(format!(
            "{denied}. The operator of this server has set this limit; it cannot be lifted from here."
        ))
    }
}

impl IntoCallToolResult for ToolError {
    fn into_call_tool_result(self) -> Result<CallToolResponse, ErrorData> {
        Ok(CallToolResult::error(vec![ContentBlock::text(text::body(
            &self.0,
            MAXIMUM_LENGTH,
        ))])
        .into())
    }
}

fn may_have_arrived(kind: &ApiErrorKind) -> bool {
    matches!(
        kind,
        ApiErrorKind::TimedOut
            | ApiErrorKind::BrokenOff
            | ApiErrorKind::TooLarge
            | ApiErrorKind::NotJson(_)
            | ApiErrorKind::UnexpectedShape(_)
            | ApiErrorKind::Server(..)
            | ApiErrorKind::Unreachable(_)
    )
}

fn advice(error: &ApiError) -> String {
    let prefix = error.product.map_or("", Product::prefix);
    let plain = match &error.kind {
        ApiErrorKind::Unauthorized => {
            return format!(
                "Check {prefix}PERSONAL_TOKEN, or {prefix}USERNAME and {prefix}PASSWORD. \
                 Do not repeat this with the same credentials: failed logins lead to a CAPTCHA."
            );
        }
        ApiErrorKind::Captcha => {
            "A person has to log in once in the browser and solve it; until then every call fails."
        }
        ApiErrorKind::Forbidden(_) => "Another user or an administrator has to do this.",
        // The products say in their own words what they do not have.
        ApiErrorKind::NotFound(messages) if messages.is_empty() => {
            return format!(
                "Something else than the product seems to have answered: check {prefix}URL, whose \
                 context path, such as /jira, may be missing."
            );
        }
        ApiErrorKind::Lacking(_) => "Do without it; another version of the server may have it.",
        ApiErrorKind::NotFound(_) => "Check the key or id, or search for it.",
        ApiErrorKind::Rejected(..) => "Correct this and call again.",
        ApiErrorKind::Conflict(_) => "Read it again and repeat the change on the new version.",
        ApiErrorKind::RateLimited(_) => "Wait before the next call, and make fewer.",
        ApiErrorKind::Server(..) => "Try again later; the server's own log tells more.",
        ApiErrorKind::Redirected(_) | ApiErrorKind::WebPage => {
            return format!(
                "A login page or a proxy stands in front of it: check {prefix}URL, and use a \
                 personal access token, which single sign-on lets through."
            );
        }
        ApiErrorKind::NotJson(_) | ApiErrorKind::UnexpectedShape(_) | ApiErrorKind::BrokenOff => {
            "Try again; if it stays so, a proxy between here and there changes answers."
        }
        ApiErrorKind::Transfer(_) => "Try again, or raise the limit.",
        ApiErrorKind::TooLarge => "Ask for fewer things or fewer fields at once.",
        ApiErrorKind::TimedOut => {
            return format!("Ask for less at once, or raise {prefix}TIMEOUT.");
        }
        ApiErrorKind::ConnectTimedOut(_)
        | ApiErrorKind::UnknownHost(_)
        | ApiErrorKind::Refused(_)
        | ApiErrorKind::Unreachable(_) => {
            return format!("Check {prefix}URL, the network and the proxy; is the server up?");
        }
        ApiErrorKind::Tls(_) => {
            return format!(
                "If the certificate is from a private authority, set {prefix}CA_BUNDLE to its PEM file."
            );
        }
        ApiErrorKind::InvalidRequest(_) => "Correct the argument and call again.",
        ApiErrorKind::Setup(_) => "Correct the settings of this server and start it again.",
    };
    plain.to_owned()
}
