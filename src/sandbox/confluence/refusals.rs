//! Refusals in the shape of Confluence.

use serde_json::json;

use crate::sandbox::exchange::Reply;

/// What a handler answers; a refusal comes as the error.
pub(super) type Answer = Result<Reply, Reply>;

/// A refusal with the name of the exception that a real server lets through.
pub(super) fn refuse(status: u16, message: &str) -> Reply {
    let (reason, exception) = match status {
        400 => ("Bad Request", "BadRequestException: "),
        403 => ("Forbidden", "PermissionException: "),
        409 => ("Conflict", "ConflictException: "),
        413 => ("Request Entity Too Large", ""),
        // This message comes without the name of an exception.
        _ => ("Not Found", ""),
    };
    let prefix = if exception.is_empty() {
        String::new()
    } else {
        format!("com.atlassian.confluence.api.service.exceptions.{exception}")
    };
    let errors = if status == 400 {
        json!([{"message": {"key": message, "args": [], "translation": message}}])
    } else {
        json!([])
    };
    Reply::json(
        status,
        &json!({
            "statusCode": status,
            "data": {
                "authorized": status == 400 || status == 409,
                "valid": status != 400,
                "errors": errors,
                "successful": false,
            },
            "message": format!("{prefix}{message}"),
            "reason": reason,
        }),
    )
}

/// The refusal for content that is not there or not visible.
pub(super) fn no_content(id: &str) -> Reply {
    refuse(
        404,
        &format!("No content found with id: ContentId{{id={id}}}"),
    )
}

/// The refusal for a space that is not there or not visible.
pub(super) fn no_space(key: &str) -> Reply {
    refuse(404, &format!("No space with key : {key}"))
}
