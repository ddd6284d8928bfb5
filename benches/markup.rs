//! How long markup takes: by size, by depth, and there and back.
//!
//! `cargo bench --bench markup`; a person runs it, no test does.
#![allow(missing_docs, clippy::unwrap_used, reason = "a benchmark fails loudly")]

use std::hint::black_box;

use atlassian_bridge::markup::{
    html, markdown,
    storage::{self, Base},
    wiki::{self, Dialect},
};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// A page of at least so many bytes, of what real pages consist of.
fn page(size: usize) -> String {
    let part = "<h2>Rollback of the <strong>order</strong> service</h2>\
        <p>Orders stay in the queue for at most <code>15&nbsp;min</code>; see \
        <ac:link><ri:page ri:content-title=\"Runbook\" ri:space-key=\"OPS\" /></ac:link> and \
        <a href=\"https://status.example.com/a_b_c\">the status page</a>, says \
        <ac:link><ri:user ri:userkey=\"8a7f808a5d1f\" /></ac:link>.</p>\
        <ac:structured-macro ac:name=\"info\" ac:schema-version=\"1\" ac:macro-id=\"4f6d\">\
        <ac:rich-text-body><p>Ask the <em>duty</em> officer first.</p></ac:rich-text-body>\
        </ac:structured-macro><ul><li>Stop the consumer<ul><li>on both nodes</li></ul></li>\
        <li>Roll back</li></ul><table><tbody><tr><th>Step</th><th>Who</th></tr><tr><td>1</td>\
        <td>Ops</td></tr></tbody></table><ac:structured-macro ac:name=\"code\">\
        <ac:parameter ac:name=\"language\">bash</ac:parameter><ac:plain-text-body>\
        <![CDATA[kubectl rollout undo deployment/orders\nsleep 5]]></ac:plain-text-body>\
        </ac:structured-macro>";
    part.repeat(size.div_ceil(part.len()))
}

fn nested(levels: usize) -> String {
    let (opening, closing) = ("<ul><li>a", "</li></ul>");
    format!("{}{}", opening.repeat(levels), closing.repeat(levels))
}

fn to_markdown(source: &str) -> String {
    markdown::write(&storage::read(source).unwrap())
}

fn sizes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("storage to Markdown");
    for size in [10 << 10, 100 << 10, 1 << 20, 10 << 20] {
        let source = page(size);
        group.throughput(Throughput::Bytes(source.len() as u64));
        group.sample_size(if size > 1 << 20 { 10 } else { 50 });
        group.bench_with_input(
            BenchmarkId::from_parameter(size),
            &source,
            |bench, source| {
                bench.iter(|| to_markdown(black_box(source)));
            },
        );
    }
}

fn depths(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("storage read, nested");
    for levels in [10, 100, 1_000] {
        let source = nested(levels);
        group.throughput(Throughput::Elements(levels as u64));
        group.bench_with_input(
            BenchmarkId::from_parameter(levels),
            &source,
            |bench, source| {
                bench.iter(|| storage::read(black_box(source)));
            },
        );
    }
}

fn others(criterion: &mut Criterion) {
    let source = page(100 << 10);
    let document = storage::read(&source).unwrap();
    let text = markdown::write(&document);
    let edited = text.replacen("at most", "for", 1);
    let edited = markdown::read(&edited, &markdown::Options::default()).unwrap();
    let wiki_text = wiki::write(&document);
    let mut group = criterion.benchmark_group("100 KB of storage format");
    group.sample_size(30);
    group.bench_function("Markdown read", |bench| {
        bench.iter(|| markdown::read(black_box(&text), &markdown::Options::default()));
    });
    group.bench_function("one word edited, merged", |bench| {
        bench.iter(|| Base::new(black_box(&source)).unwrap().merge(&edited));
    });
    group.bench_function("wiki markup read", |bench| {
        bench.iter(|| wiki::read(black_box(&wiki_text), Dialect::Jira));
    });
    group.bench_function("wiki markup written", |bench| {
        bench.iter(|| wiki::write(black_box(&document)));
    });
    group.bench_function("read as HTML", |bench| {
        bench.iter(|| html::read(black_box(&source)));
    });
}

criterion_group!(benches, sizes, depths, others);
criterion_main!(benches);
