//! Generates the typed clients from the documents in `openapi/`.
//!
//! Read, adapt, generate, write: the steps are in `openapi/adapt/`, where the tests reach them too.

use std::{env, error::Error, fs, path::Path};

#[path = "openapi/adapt/mod.rs"]
mod adapt;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=openapi/adapt");
    let out_dir = env::var("OUT_DIR")?;
    for document in adapt::DOCUMENTS {
        println!("cargo:rerun-if-changed=openapi/{}.json", document.name);
        if wanted(document) {
            build(document, Path::new(&out_dir))
                .map_err(|error| format!("openapi/{}.json{error}", document.name))?;
        }
    }
    Ok(())
}

fn build(document: &adapt::Document, out_dir: &Path) -> Result<(), Box<dyn Error>> {
    let name = document.name;
    let mut adapted = adapt::adapt(read(name)?)?;
    if let Some(other) = document.shares
        && wanted(other)
    {
        adapted.reach.share(&read(other.name)?);
    }
    let code = adapt::generate::generate(&adapted)?;
    fs::write(out_dir.join(format!("{name}.rs")), code)?;
    // As it is, for those who hold answers against it.
    fs::write(
        out_dir.join(format!("{name}.json")),
        serde_json::to_vec(&read(name)?)?,
    )?;
    build_print::info!("{name}: {adapted}");
    Ok(())
}

/// Whether cargo was asked for the client.
fn wanted(document: &adapt::Document) -> bool {
    env::var_os(format!("CARGO_FEATURE_{}", document.client.to_uppercase())).is_some()
}

fn read(name: &str) -> Result<serde_json::Value, Box<dyn Error>> {
    Ok(serde_json::from_slice(&fs::read(format!(
        "openapi/{name}.json"
    ))?)?)
}
