//! Where snapshots lie and how they look.

/// Holds a text against the snapshot of that name.
pub fn check(folder: &str, name: &str, text: &str) {
    // What is current may hold the name of a fixture, as the suffix of the snapshot's name.
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("../../snapshots/{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.remove_input_file();
    settings.bind(|| insta::assert_snapshot!(name, text));
}
