//! What a function's own code and recorded calls offer for making cases.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use crate::parity::case::Case;
use crate::parity::form::Form;

/// Constants by kind, and instances seen.
#[derive(Clone, Debug, Default)]
pub struct Material {
    pub ints: Vec<BigInt>,
    pub floats: Vec<f64>,
    /// Texts as the user wrote them; dict keys and separators are among them.
    pub texts: Vec<String>,
    pub bytes: Vec<Vec<u8>>,
    /// The function reads JSON: texts are often some.
    pub json: bool,
    /// Instances seen or made, by class.
    pub instances: BTreeMap<String, Vec<Form>>,
}

/// How many instances of a class are kept.
const MOST_INSTANCES: usize = 80;

impl Material {
    /// Sorts harvested constants by kind and looks for instances in recorded calls.
    pub fn new(constants: &[Form], recorded: &[Case]) -> Material {
        let mut material = Material::default();
        constants.iter().for_each(|constant| material.add(constant));
        material.learn(recorded);
        material
    }

    /// Looks for instances in further cases.
    pub fn learn(&mut self, cases: &[Case]) {
        for case in cases {
            case.args
                .iter()
                .chain(case.kwargs.iter().map(|(_, value)| value))
                .for_each(|arg| self.add_parts(arg));
        }
    }

    fn add(&mut self, constant: &Form) {
        match constant {
            Form::Int(value) => self.ints.push(value.clone()),
            Form::Float(bits) => self.floats.push(f64::from_bits(*bits)),
            Form::Str(text) => self.texts.extend(String::from_utf8(text.clone()).ok()),
            Form::Bytes(body) => self.bytes.push(body.clone()),
            _ => {}
        }
    }

    fn add_parts(&mut self, form: &Form) {
        let class = match form {
            Form::Instance { class, .. } => Some(class),
            Form::Exception(raised) if raised.class.starts_with('.') => Some(&raised.class),
            _ => None,
        };
        if let Some(class) = class {
            let known = self
                .instances
                .entry(class.trim_start_matches('.').to_string())
                .or_default();
            if known.len() < MOST_INSTANCES && !known.contains(form) {
                known.push(form.clone());
            }
        }
        form.for_each_part(&mut |part| self.add_parts(part));
    }
}
