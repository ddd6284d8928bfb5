//! Odd input, made at random: whatever comes, the outcome is a clear error or a right value.

mod answers;
mod broken;
mod compressed;
mod documented;
mod lists;
mod names;
mod paths;
mod recordings;
mod redirects;
mod values;

use std::fmt::Debug;

use atlassian_bridge::{
    api::{agile, confluence, jira},
    client,
    config::SiteSettings,
};
use proptest::{
    strategy::Strategy,
    test_runner::{Config, RngSeed, TestCaseError, TestRunner},
};

use crate::site::Site;

/// Runs a test on so many values; a failure is told with the smallest one that was found.
fn try_all<S: Strategy>(
    cases: u32,
    values: &S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) where
    S::Value: Debug,
{
    // CI tries the same values each time; a person tries new ones.
    let rng_seed = match std::env::var("CI") {
        Ok(_) => RngSeed::Fixed(8_613),
        Err(_) => RngSeed::Random,
    };
    let config = Config {
        cases,
        failure_persistence: None,
        rng_seed,
        ..Config::default()
    };
    if let Err(failure) = TestRunner::new(config).run(values, test) {
        panic!("{failure}");
    }
}

/// Runs asynchronous work within a test that is not.
fn wait<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(work)
}

fn client(site: &Site) -> client::Site {
    client::Site::new(SiteSettings::new(site.url.parse().unwrap()))
}

fn jira(site: &Site) -> jira::Client {
    client(site).jira().unwrap()
}

fn agile(site: &Site) -> agile::Client {
    client(site).agile().unwrap()
}

fn confluence(site: &Site) -> confluence::Client {
    client(site).confluence().unwrap()
}
