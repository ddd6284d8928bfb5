//! What the site says about itself.

use serde_json::json;

use crate::sandbox::confluence::access::writer;
use crate::sandbox::confluence::refusals::Answer;
use crate::sandbox::exchange::{Call, Reply};

/// `GET accessmode`
pub(super) fn access_mode(call: &Call) -> Answer {
    writer(call)?;
    Ok(Reply::json(200, &json!("READ_WRITE")))
}

/// `GET /rest/applinks/1.0/manifest`
pub(super) fn manifest(call: &Call) -> Reply {
    Reply::text(
        200,
        "application/xml;charset=UTF-8",
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><manifest>\
             <id>c7d1a3f2-5b0e-3f6a-8a44-0d9e6f7b2c33</id><name>Sandbox Confluence</name>\
             <typeId>confluence</typeId><version>6.15.10</version><buildNumber>7901</buildNumber>\
             <applinksVersion>5.4.15</applinksVersion>\
             <inboundAuthenticationTypes>com.atlassian.applinks.api.auth.types.OAuthAuthenticationProvider</inboundAuthenticationTypes>\
             <publicSignup>false</publicSignup><url>{}</url></manifest>",
            call.base
        ),
    )
}
