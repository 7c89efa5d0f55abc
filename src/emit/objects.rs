//! Records and instances of classes with a layout.

use super::convert::convert;
use super::function::FnEmitter;
use super::rust::{RBlock, Rs, Rx, call, method, reference, text};
use super::types::field_names;
use crate::ir::{ClassId, Expr, ExprKind, Ty};

impl FnEmitter<'_> {
    /// The fields of a record or an instance: Python's names, Rust's names, types.
    fn fields_of(&self, ty: &Ty) -> Vec<(String, String, Ty)> {
        let fields: &[(String, Ty)] = match ty {
            Ty::Record(id) => &self.program.records[id],
            Ty::Instance(id) => self.program.class(*id).layout.as_deref().unwrap_or_default(),
            _ => &[],
        };
        let names = field_names(fields);
        (fields.iter().zip(names))
            .map(|((key, ty), name)| (key.clone(), name, ty.clone()))
            .collect()
    }

    fn field_of(&self, object: &Ty, key: &str) -> (String, Ty) {
        let found = self.fields_of(object).into_iter().find(|(k, _, _)| k == key);
        let (_, name, ty) = found.unwrap_or_else(|| unreachable!("inference reads only fields that are there"));
        (name, ty)
    }

    pub fn field_type(&self, object: &Ty, key: &str) -> Ty {
        self.field_of(object, key).1
    }

    /// What the variable `of`, an instance, holds, in order, and the types of that.
    pub fn items_of(&self, of: &str, ty: &Ty) -> Vec<(Rx, Ty)> {
        let item =
            |(key, name, held): (String, String, Ty)| (self.attribute_of(text(of), ty, &key, &name, &held), held);
        self.fields_of(ty).into_iter().map(item).collect()
    }

    fn attribute_of(&self, place: Rx, of: &Ty, key: &str, name: &str, held: &Ty) -> Rx {
        match (of, held.is_copy()) {
            (Ty::Instance(class), _) if self.names.types.is_absent(*class, key, held) => {
                let held = method(place, name, vec![]);
                method(held, "expect", vec![text("\"bound by its class\"")])
            }
            (Ty::Instance(class), _) if self.names.types.is_borrowed(*class, key, held) => {
                method(method(place, name, vec![]), "clone", vec![])
            }
            (Ty::Instance(_), _) => method(place, name, vec![]),
            (_, true) => Rx::Field(Box::new(place), name.to_owned()),
            (_, false) => method(Rx::Field(Box::new(place), name.to_owned()), "clone", vec![]),
        }
    }

    /// What a record or an instance holds under a name.
    pub fn field(&mut self, object: &Expr, key: &str, to: &Ty) -> Rx {
        let (name, ty) = self.field_of(&object.ty, key);
        let place = self.place_of(object);
        let value = self.attribute_of(place, &object.ty, key, &name, &ty);
        convert(value, &ty, to)
    }

    /// A reference to what an instance holds for good; None where reading gives a copy.
    pub fn borrowed_field(&mut self, e: &Expr) -> Option<Rx> {
        let (object, name) = self.as_borrowed_field(e)?;
        let (field, _) = self.field_of(&object.ty, name);
        let place = self.place_of(object);
        Some(method(place, &field, vec![]))
    }

    /// The object and the attribute, where reading gives a reference.
    pub fn as_borrowed_field<'e>(&self, e: &'e Expr) -> Option<(&'e Expr, &'e str)> {
        let ExprKind::Field { object, name } = &e.kind else {
            return None;
        };
        let Ty::Instance(class) = object.ty else { return None };
        let (_, ty) = self.field_of(&object.ty, name);
        let borrowed = ty == e.ty && self.names.types.is_borrowed(class, name, &ty);
        borrowed.then_some((&**object, name.as_str()))
    }

    fn place_of(&mut self, e: &Expr) -> Rx {
        match self.reference_as(e, &e.ty.clone()) {
            Rx::Ref(inner) => *inner,
            other => other,
        }
    }

    /// A dict display that makes a record.
    pub fn record(&mut self, items: &[(Option<Expr>, Expr)], ty: &Ty) -> Rx {
        let fields = self.fields_of(ty);
        let values = items
            .iter()
            .zip(fields)
            .map(|((_, value), (_, name, ty))| (name, self.value_as(value, &ty)))
            .collect();
        Rx::Struct(self.names.types.rust_type(ty), values)
    }

    /// An instance made of its attributes.
    pub fn new_instance(&mut self, class: ClassId, fields: &[(String, Expr)]) -> Rx {
        let ty = Ty::Instance(class);
        let layout = self.fields_of(&ty);
        let mut values = Vec::new();
        for (key, _, held) in layout {
            let absent = self.names.types.is_absent(class, &key, &held);
            let given = fields.iter().find(|(name, _)| *name == key);
            let value = given.map(|(_, value)| self.value_as(value, &held));
            values.push(match (value, absent) {
                (Some(value), true) => call("Some", vec![value]),
                (Some(value), false) => value,
                (None, true) => text("None"),
                (None, false) => call("Default::default", vec![]),
            });
        }
        call(&format!("{}::new", self.names.types.rust_type(&ty)), values)
    }

    /// `object.name = value` of an instance; false where it is carried dynamically.
    pub fn store_field(&mut self, object: &Expr, key: &str, value: Rx, from: &Ty, out: &mut Vec<Rs>) -> bool {
        if !matches!(object.ty, Ty::Instance(_)) {
            return false;
        }
        let (name, ty) = self.field_of(&object.ty, key);
        let place = self.place_of(object);
        let mut value = convert(value, from, &ty);
        if let Ty::Instance(class) = object.ty
            && self.names.types.is_absent(class, key, &ty)
        {
            value = call("Some", vec![value]);
        }
        out.push(Rs::Do(method(place, &format!("set_{name}"), vec![value])));
        true
    }

    /// The value where it is of type `to`; else native code gives up.
    pub fn exactly(&mut self, inner: &Expr, to: &Ty) -> Rx {
        if let (ExprKind::Call { callee, args, keywords }, Ty::Dyn, Ty::Int) = (&inner.kind, &inner.ty, to)
            && let Some(length) = self.call_length(callee, args, keywords)
        {
            return length;
        }
        let taken = match (&inner.ty, to) {
            (from, to) if from == to => return self.value(inner),
            (Ty::Option(part), to) if **part == *to => {
                if let ExprKind::Local(..) = inner.kind
                    && !to.is_copy()
                {
                    let place = self.reference_as(inner, &inner.ty.clone());
                    call("fast::some_of", vec![place])
                } else {
                    let value = self.value(inner);
                    call("fast::some", vec![value])
                }
            }
            (_, Ty::Never) => {
                let value = self.value(inner);
                return self.given_up(value);
            }
            (Ty::Dyn, Ty::Option(_)) => return self.value(inner),
            (Ty::Wide, Ty::Int) => {
                let value = self.value(inner);
                call("fast::wide::narrow", vec![value])
            }
            (Ty::Dyn, _) => {
                let value = self.reference_as(inner, &Ty::Dyn);
                let shown = self.names.types.rust_type(to);
                call(
                    &format!("fast::exactly::<{shown}>"),
                    vec![reference(unreferenced(value))],
                )
            }
            (from, to) => {
                let (from, to) = (from.clone(), to.clone());
                let value = self.value(inner);
                return convert(value, &from, &to);
            }
        };
        self.attempt(taken)
    }
}

impl FnEmitter<'_> {
    /// Evaluates the value, then gives up: the generic version says what is wrong with it.
    fn given_up(&mut self, value: Rx) -> Rx {
        let mut stmts = vec![Rs::Let {
            pattern: "_".to_owned(),
            ty: None,
            value: Some(value),
        }];
        self.throw(call("fast::given_up", vec![]), &mut stmts);
        Rx::Block {
            head: String::new(),
            block: RBlock::of(stmts),
        }
    }
}

fn unreferenced(e: Rx) -> Rx {
    match e {
        Rx::Ref(inner) => *inner,
        Rx::Text(name) => text(format!("*{name}")),
        other => other,
    }
}
