//! Certificates that we show to a site.

use std::{fs, path::PathBuf};

use atlassian_bridge::config::{ClientCertificate, Tls};
use rcgen::{CertifiedKey, generate_simple_self_signed};

use super::*;

/// A file of a test with this content.
fn file(name: &str, content: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path
}

/// Reads from a site that wants a certificate, with this one and this key as files hold them.
async fn read_with(
    name: &str,
    show: impl FnOnce(&str, &str) -> Option<ClientCertificate>,
) -> Result<Option<String>, ApiError> {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["bob".to_owned()]).unwrap();
    let replies = vec![json(200, SERVER)];
    let (site, authority) = Site::start_with_tls_for(replies, cert.der().clone()).await;
    let settings = SiteSettings {
        credentials: Credentials::Anonymous,
        tls: Tls {
            verify: true,
            ca_bundle: Some(file(&format!("{name}-authority.pem"), &authority)),
            client: show(&cert.pem(), &signing_key.serialize_pem()),
        },
        ..settings(&site)
    };
    let outcome = match client::Site::new(settings).jira() {
        Ok(client) => read(&client).await,
        Err(error) => Err(error),
    };
    assert_eq!(site.requests().len(), usize::from(outcome.is_ok()));
    outcome
}

#[tokio::test]
async fn a_site_that_wants_a_certificate_takes_ours() {
    let outcome = read_with("taken", |certificate, key| {
        Some(ClientCertificate {
            certificate: file("taken.pem", certificate),
            key: file("taken-key.pem", key),
        })
    });
    assert_eq!(outcome.await.unwrap().as_deref(), Some("8.5.1"));
}

#[tokio::test]
async fn certificate_and_key_may_be_in_one_file() {
    let outcome = read_with("joined", |certificate, key| {
        let path = file("joined.pem", &format!("{certificate}{key}"));
        Some(ClientCertificate {
            certificate: path.clone(),
            key: path,
        })
    });
    assert_eq!(outcome.await.unwrap().as_deref(), Some("8.5.1"));
}

#[tokio::test]
async fn a_site_that_wants_a_certificate_refuses_us_without() {
    let error = read_with("without", |_, _| None).await.unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::Tls(_)), "{error}");
    let error = read_with("another", |_, _| {
        let CertifiedKey { cert, signing_key } =
            generate_simple_self_signed(["eve".to_owned()]).unwrap();
        Some(ClientCertificate {
            certificate: file("another.pem", &cert.pem()),
            key: file("another-key.pem", &signing_key.serialize_pem()),
        })
    });
    let error = error.await.unwrap_err();
    assert!(matches!(error.kind, ApiErrorKind::Tls(_)), "{error}");
}

#[tokio::test]
async fn files_that_hold_no_certificate_are_said_without_their_content() {
    let bad = "-----BEGIN PRIVATE KEY-----\ns3cr3t==\n-----END PRIVATE KEY-----\n";
    let odd = "-----BEGIN PRIVATE KEY-----\ns3cr3t01\n-----END PRIVATE KEY-----\n";
    let other = generate_simple_self_signed(["eve".to_owned()]).unwrap();
    let other = other.signing_key.serialize_pem();
    for (case, content) in ["s3cr3t", bad, odd, &other, ""].iter().enumerate() {
        let name = format!("bad-key-{case}.pem");
        let error = read_with("bad", |certificate, _| {
            Some(ClientCertificate {
                certificate: file("bad.pem", certificate),
                key: file(&name, content),
            })
        });
        let error = error.await.unwrap_err();
        assert!(
            matches!(error.kind, ApiErrorKind::Setup(_)) && error.to_string().contains(&name),
            "{error}"
        );
        let said = format!("{error} {error:?}");
        assert!(
            !said.contains("s3cr3t") && !said.contains("BEGIN"),
            "{said}"
        );
    }
    let error = read_with("missing", |certificate, _| {
        Some(ClientCertificate {
            certificate: file("missing.pem", certificate),
            key: "does/not/exist.pem".into(),
        })
    });
    let error = error.await.unwrap_err().to_string();
    assert!(
        error.contains("does/not/exist.pem cannot be read"),
        "{error}"
    );
}
