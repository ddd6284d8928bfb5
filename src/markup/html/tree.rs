//! The tree that html5ever builds: nodes in one list that point to their neighbours by number.
//!
//! Moving a node takes the same time wherever it stands, and dropping the tree needs no stack,
//! so neither a long nor a deep text is slow.

use std::{
    borrow::Cow,
    cell::{Cell, RefCell, RefMut},
    rc::Rc,
};

use html5ever::{
    Attribute, ExpandedName, QualName,
    interface::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink},
    local_name, ns,
    tendril::StrTendril,
};

/// A node's number, and its name, which is empty if it is no element.
#[derive(Debug, Clone)]
pub(super) struct Handle {
    number: usize,
    name: Rc<QualName>,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    /// An element.
    Element(Rc<QualName>, Vec<Attribute>),
    /// Text.
    Text(String),
    /// The document, or a comment.
    Nothing,
}

/// A node among the others.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) content: Content,
    pub(super) first: Option<usize>,
    pub(super) next: Option<usize>,
    parent: Option<usize>,
    previous: Option<usize>,
    last: Option<usize>,
    depth: usize,
}

/// The tree while it grows. The node with number 0 is the document.
#[derive(Debug)]
pub(super) struct Tree {
    places: RefCell<Vec<Place>>,
    depth: Cell<usize>,
    nameless: Rc<QualName>,
}

impl Tree {
    pub(super) fn new() -> Self {
        let tree = Self {
            places: RefCell::default(),
            depth: Cell::new(0),
            nameless: Rc::new(QualName::new(None, ns!(), local_name!(""))),
        };
        tree.create(Content::Nothing);
        tree
    }

    /// How deep the element is that a tag read now would stand in; a hint, which may be off while
    /// wrongly nested tags are put right.
    pub(super) fn depth(&self) -> usize {
        self.depth.get()
    }

    /// How many nodes there are.
    pub(super) fn size(&self) -> usize {
        self.places.borrow().len()
    }

    fn create(&self, content: Content) -> usize {
        let mut places = self.places.borrow_mut();
        places.push(Place {
            content,
            first: None,
            next: None,
            parent: None,
            previous: None,
            last: None,
            depth: 0,
        });
        places.len() - 1
    }

    fn with<T: Default>(&self, number: usize, act: impl FnOnce(&mut Place) -> T) -> T {
        let place = RefMut::filter_map(self.places.borrow_mut(), |all| all.get_mut(number));
        place.map_or_else(|_| T::default(), |mut place| act(&mut place))
    }

    fn detach(&self, number: usize) {
        let (parent, previous, next) = self.with(number, |place| {
            (
                place.parent.take(),
                place.previous.take(),
                place.next.take(),
            )
        });
        match (previous, parent) {
            (Some(previous), _) => self.with(previous, |place| place.next = next),
            (None, Some(parent)) => self.with(parent, |place| place.first = next),
            (None, None) => {}
        }
        match (next, parent) {
            (Some(next), _) => self.with(next, |place| place.previous = previous),
            (None, Some(parent)) => self.with(parent, |place| place.last = previous),
            (None, None) => {}
        }
    }

    /// Puts a node, which stands nowhere, before a child of the parent or at its end.
    fn attach(&self, parent: usize, before: Option<usize>, number: usize) {
        let depth = self.with(parent, |place| place.depth) + 1;
        let previous = match before {
            Some(before) => self.with(before, |place| place.previous.replace(number)),
            None => self.with(parent, |place| place.last.replace(number)),
        };
        self.with(number, |place| {
            place.parent = Some(parent);
            place.previous = previous;
            place.next = before;
            place.depth = depth;
        });
        match previous {
            Some(previous) => self.with(previous, |place| place.next = Some(number)),
            None => self.with(parent, |place| place.first = Some(number)),
        }
    }

    fn insert(&self, parent: usize, before: Option<usize>, child: NodeOrText<Handle>) {
        match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.number);
                self.attach(parent, before, handle.number);
                self.depth
                    .set(self.with(handle.number, |place| place.depth));
            }
            NodeOrText::AppendText(text) => {
                let neighbour = match before {
                    Some(before) => self.with(before, |place| place.previous),
                    None => self.with(parent, |place| place.last),
                };
                let joined = neighbour.is_some_and(|neighbour| {
                    self.with(neighbour, |place| match &mut place.content {
                        Content::Text(known) => {
                            known.push_str(&text);
                            true
                        }
                        _ => false,
                    })
                });
                if !joined {
                    let number = self.create(Content::Text(text.to_string()));
                    self.attach(parent, before, number);
                }
            }
        }
    }
}

impl TreeSink for Tree {
    type Handle = Handle;
    type Output = Vec<Place>;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Vec<Place> {
        self.places.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle {
            number: 0,
            name: self.nameless.clone(),
        }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        target.name.expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _flags: ElementFlags,
    ) -> Handle {
        let name = Rc::new(name);
        Handle {
            number: self.create(Content::Element(name.clone(), attributes)),
            name,
        }
    }

    fn create_comment(&self, _text: StrTendril) -> Handle {
        Handle {
            number: self.create(Content::Nothing),
            name: self.nameless.clone(),
        }
    }

    fn create_pi(&self, _target: StrTendril, data: StrTendril) -> Handle {
        self.create_comment(data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        self.insert(parent.number, None, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &Handle,
        previous: &Handle,
        child: NodeOrText<Handle>,
    ) {
        if self.with(element.number, |place| place.parent).is_some() {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn pop(&self, node: &Handle) {
        let depth = self.with(node.number, |place| place.depth);
        self.depth.set(depth.saturating_sub(1));
    }

    /// A template is dropped later, so its content may as well stand in it.
    fn get_template_contents(&self, target: &Handle) -> Handle {
        target.clone()
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.number == other.number
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, node: NodeOrText<Handle>) {
        if let Some(parent) = self.with(sibling.number, |place| place.parent) {
            self.insert(parent, Some(sibling.number), node);
        }
    }

    fn add_attrs_if_missing(&self, _target: &Handle, _attributes: Vec<Attribute>) {}

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.number);
    }

    fn reparent_children(&self, node: &Handle, new_parent: &Handle) {
        while let Some(child) = self.with(node.number, |place| place.first) {
            self.detach(child);
            self.attach(new_parent.number, None, child);
        }
    }

    fn allow_declarative_shadow_roots(&self, _parent: &Handle) -> bool {
        false
    }
}
