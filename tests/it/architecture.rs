//! Who may use whom: `design` says it, this test holds the source to it.

use std::{collections::BTreeSet, fs, path::Path};

use syn::visit::Visit;

/// Each module of the crate and the modules that it may use.
const MAY_USE: [(&str, &[&str]); 12] = [
    ("config", &[]),
    ("api", &[]),
    ("client", &["api", "config"]),
    ("contract", &["api", "client"]),
    ("markup", &[]),
    ("views", &["api", "markup"]),
    ("policy", &["config"]),
    (
        "tools",
        &["api", "client", "config", "markup", "policy", "views"],
    ),
    ("server", &["config", "tools"]),
    ("transport", &["config", "server"]),
    ("sandbox", &[]),
    (
        "cli",
        &[
            "client",
            "config",
            "contract",
            "markup",
            "sandbox",
            "server",
            "transport",
        ],
    ),
];

/// The modules of the crate that a file names after `crate::`.
#[derive(Default)]
struct Uses(BTreeSet<String>);

impl<'ast> Visit<'ast> for Uses {
    fn visit_use_tree(&mut self, tree: &'ast syn::UseTree) {
        if let syn::UseTree::Path(path) = tree
            && path.ident == "crate"
        {
            self.first_names(&path.tree);
        }
        syn::visit::visit_use_tree(self, tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path
            .segments
            .iter()
            .map(|segment| segment.ident.to_string())
            .collect();
        if let [first, second, ..] = &names[..]
            && first == "crate"
        {
            self.0.insert(second.clone());
        }
        syn::visit::visit_path(self, path);
    }
}

impl Uses {
    fn first_names(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => {
                self.0.insert(path.ident.to_string());
            }
            syn::UseTree::Name(name) => {
                self.0.insert(name.ident.to_string());
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.first_names(tree))
            }
            _ => {}
        }
    }
}

#[test]
fn each_module_uses_only_what_it_may() {
    let mut wrong = Vec::new();
    for (module, may_use) in MAY_USE {
        for path in sources(module) {
            let file = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
            let mut uses = Uses::default();
            for item in &file.items {
                if !is_test(item) {
                    uses.visit_item(item);
                }
            }
            let forbidden = uses
                .0
                .iter()
                .filter(|used| *used != module && !may_use.contains(&used.as_str()));
            wrong.extend(forbidden.map(|used| format!("{path} uses {used}")));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn every_module_is_in_the_table() {
    let modules = fs::read_dir("src")
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let modules = modules.map(|name| name.to_string_lossy().trim_end_matches(".rs").to_owned());
    let modules: BTreeSet<String> = modules
        .filter(|name| name != "lib" && name != "main")
        .collect();
    let table: BTreeSet<String> = MAY_USE
        .iter()
        .map(|(module, _)| (*module).to_owned())
        .collect();
    assert_eq!(modules, table);
}

#[test]
fn pure_modules_name_no_input_or_output() {
    for module in ["markup", "views"] {
        for path in sources(module) {
            let source = fs::read_to_string(&path).unwrap();
            let source = source.split("#[cfg(test)]").next().unwrap();
            for forbidden in [
                "async ",
                "std::fs",
                "std::net",
                "std::time",
                "std::env",
                "reqwest",
                "rmcp",
                "tokio",
            ] {
                assert!(
                    path.contains("test") || !source.contains(forbidden),
                    "{path} names {forbidden}"
                );
            }
        }
    }
}

fn is_test(item: &syn::Item) -> bool {
    let attributes = match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg") && quote::quote!(#attribute).to_string().contains("test")
    })
}

fn sources(module: &str) -> Vec<String> {
    let file = format!("src/{module}.rs");
    if Path::new(&file).exists() {
        return vec![file];
    }
    let mut found = Vec::new();
    collect(Path::new("src").join(module).as_path(), &mut found);
    assert!(!found.is_empty(), "no source of {module}");
    found
}

fn collect(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path.display().to_string());
        }
    }
}
