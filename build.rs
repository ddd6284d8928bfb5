//! Generates the typed clients from the documents in `openapi/`.
//!
//! Read, adapt, generate, write: the steps are in `openapi/adapt/`, where the tests reach them too.

use std::{env, error::Error, fs, path::Path};

#[path = "openapi/adapt/mod.rs"]
mod adapt;

const DOCUMENTS: [&str; 2] = ["jira-8", "confluence-6"];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=openapi/adapt");
    let out_dir = env::var("OUT_DIR")?;
    for name in DOCUMENTS {
        build(name, Path::new(&out_dir)).map_err(|error| format!("openapi/{name}.json{error}"))?;
    }
    Ok(())
}

fn build(name: &str, out_dir: &Path) -> Result<(), Box<dyn Error>> {
    let source = format!("openapi/{name}.json");
    println!("cargo:rerun-if-changed={source}");
    let document = serde_json::from_slice(&fs::read(&source)?)?;
    let adapted = adapt::adapt(document)?;
    let code = adapt::generate::generate(&adapted.document)?;
    fs::write(
        out_dir.join(format!("{name}.json")),
        serde_json::to_vec_pretty(&adapted.document)?,
    )?;
    fs::write(out_dir.join(format!("{name}.rs")), code)?;
    build_print::info!("{name}: {adapted}");
    Ok(())
}
