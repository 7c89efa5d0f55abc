//! What places remember. Only what holds for as long as the class bears its tag is learnt: an attribute of the class
//! that is an instance of another class of the program may become a descriptor any time, and is left alone.

use super::{BUILTIN, Callee, Found, Kind, Site};
use crate::class::descriptor::{ClassMethod, Property, StaticMethod};
use crate::class::{Class, Place, Slot, Super, is_data};
use crate::instance::{IN_DICT, Instance, Layout};
use crate::methods;
use crate::native::Object;
use crate::value::Value;

/// What a class says about an attribute of its instances.
enum Shared {
    Absent,
    Data(Place),
    Function(Callee),
    Slot(usize),
    Getter(Callee),
    Static(Callee),
    ClassMethod(Callee),
    /// Anything else.
    Other,
}

impl Shared {
    fn of(class: &Class, name: &str) -> Shared {
        match class.locate(name) {
            None => Shared::Absent,
            Some((place, found)) if is_data(&found) => Shared::Data(place),
            Some((_, Value::Function(function))) => Shared::Function(Callee::of(&function)),
            Some((_, Value::Object(object))) => Shared::of_object(&object),
            Some(_) => Shared::Other,
        }
    }

    fn of_object(object: &Object) -> Shared {
        if let Some(slot) = object.downcast::<Slot>() {
            return Shared::Slot(slot.position());
        }
        let wrapped = |function: &Value, kind: fn(Callee) -> Shared| match function {
            Value::Function(function) => kind(Callee::of(function)),
            _ => Shared::Other,
        };
        if let Some(property) = object.downcast::<Property>() {
            wrapped(&property.get, Shared::Getter)
        } else if let Some(method) = object.downcast::<StaticMethod>() {
            wrapped(&method.function, Shared::Static)
        } else if let Some(method) = object.downcast::<ClassMethod>() {
            wrapped(&method.function, Shared::ClassMethod)
        } else {
            Shared::Other
        }
    }

    /// Nothing here hides what an instance has itself.
    fn yields(&self) -> bool {
        matches!(self, Shared::Absent | Shared::Data(_) | Shared::Function(_))
    }
}

/// Where an instance keeps its own attribute of this name.
fn own_position(instance: &Instance, name: &str) -> Option<usize> {
    instance
        .layout()
        .position(name)
        .map(|position| instance.first() + position)
}

/// Attributes stand as the layout says.
fn laid_out(instance: &Instance) -> bool {
    !Layout::same(instance.layout(), &IN_DICT)
}

impl Kind {
    /// As `of`, for a class that is to be remembered.
    fn made_of(object: &Value) -> Kind {
        match object {
            Value::Instance(instance) => instance.with_class(|class| class.make_tag()),
            Value::Class(class) => class.make_tag(),
            _ => 0,
        };
        Kind::of(object)
    }

    /// The kind of the receiver of `super(class, object)`.
    #[inline]
    pub(super) fn of_super(class: &Value, object: &Value) -> Kind {
        match (class, object) {
            (Value::Class(class), Value::Instance(instance)) => Kind {
                tag: instance.with_class(|own| own.tag()),
                with: class.address(),
            },
            _ => Kind::NONE,
        }
    }
}

impl Site {
    #[cold]
    pub(super) fn learn_get(&self, object: &Value) {
        if !self.learns() {
            return;
        }
        let found = match object {
            Value::Instance(instance) => self.readable(instance),
            Value::Class(class) => match self.of_class(class) {
                Some(Shared::Data(place)) => Found::Data(place),
                _ => Found::Nothing,
            },
            _ => Found::Nothing,
        };
        if !matches!(found, Found::Nothing) {
            self.remember(Kind::made_of(object), found);
        }
    }

    fn readable(&self, instance: &Instance) -> Found {
        let class = instance.class();
        if class.lookup_own("__getattribute__").is_some() {
            return Found::Nothing;
        }
        let shared = Shared::of(&class, self.name);
        let own = own_position(instance, self.name);
        match (shared, own) {
            (Shared::Slot(position), _) => Found::Own(position),
            // What a getter fails to find, `__getattr__` may.
            (Shared::Getter(callee), _) if class.lookup("__getattr__").is_none() => Found::Getter(callee),
            (shared, Some(position)) if shared.yields() && laid_out(instance) => Found::Own(position),
            (Shared::Data(place), None) if laid_out(instance) => Found::Data(place),
            _ => Found::Nothing,
        }
    }

    /// What a class says about its own attribute, where nothing but the class has a say.
    fn of_class(&self, class: &Class) -> Option<Shared> {
        let plain = class.special_meta().is_none()
            && class.builtin().is_none()
            && !self.name.starts_with("__")
            && methods::class::attribute(class, self.name).is_none();
        plain.then(|| Shared::of(class, self.name))
    }

    #[cold]
    pub(super) fn learn_set(&self, object: &Value) {
        if !self.learns() || self.name.starts_with("__") {
            return;
        }
        let found = match object {
            Value::Instance(instance) if instance.payload().is_none() => self.settable(instance),
            Value::Class(class) => match self.of_class(class) {
                Some(Shared::Data(place)) if place.is_of(class) => Found::Data(place),
                _ => Found::Nothing,
            },
            _ => Found::Nothing,
        };
        if !matches!(found, Found::Nothing) {
            self.remember(Kind::made_of(object), found);
        }
    }

    fn settable(&self, instance: &Instance) -> Found {
        let class = instance.class();
        if class.lookup_own("__setattr__").is_some() {
            return Found::Nothing;
        }
        match Shared::of(&class, self.name) {
            Shared::Slot(position) => Found::Own(position),
            shared if shared.yields() && class.has_dict() && laid_out(instance) => {
                match own_position(instance, self.name) {
                    Some(position) => Found::Own(position),
                    None => match instance.layout().with(self.name) {
                        Some(layout) => Found::Added(layout),
                        None => Found::Nothing,
                    },
                }
            }
            _ => Found::Nothing,
        }
    }

    #[cold]
    pub(super) fn learn_method(&self, object: &Value) {
        if !self.learns() {
            return;
        }
        let found = match object {
            Value::Instance(instance) => self.callable(instance),
            Value::Class(class) => match self.of_class(class) {
                Some(Shared::Function(callee) | Shared::Static(callee)) => Found::Static(callee),
                Some(Shared::ClassMethod(callee)) => Found::Method(callee),
                _ => Found::Nothing,
            },
            builtin if Kind::of(builtin).with == BUILTIN && builtin.downcast::<Super>().is_none() => {
                let row = builtin.builtin_type().find_method(self.name);
                row.map_or(Found::Nothing, Found::Builtin)
            }
            _ => Found::Nothing,
        };
        if !matches!(found, Found::Nothing) {
            self.remember(Kind::made_of(object), found);
        }
    }

    fn callable(&self, instance: &Instance) -> Found {
        let class = instance.class();
        if class.lookup_own("__getattribute__").is_some()
            || !laid_out(instance)
            || own_position(instance, self.name).is_some()
        {
            return Found::Nothing;
        }
        match Shared::of(&class, self.name) {
            Shared::Function(callee) => Found::Method(callee),
            Shared::Static(callee) => Found::Static(callee),
            _ => Found::Nothing,
        }
    }

    #[cold]
    pub(super) fn learn_super(&self, class: &Value, object: &Value) {
        let (Value::Class(class), Value::Instance(instance), true) = (class, object, self.learns()) else {
            return;
        };
        let own = instance.class();
        if let Some(Value::Function(function)) = own.lookup_after(class, self.name) {
            own.make_tag();
            let kind = Kind::of_super(&Value::Class(class.clone()), object);
            self.remember(kind, Found::Method(Callee::of(&function)));
        }
    }
}
