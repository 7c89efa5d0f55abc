//! Classes without a common base whose instances meet in one variable or container: carried natively as one family,
//! under a base that only native code knows.

use super::NativeClasses;
use super::statement::Statement;
use crate::ir::{Class, ClassId, Global, GlobalId, GlobalKind, Program, Ty};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Which classes of the program meet.
#[derive(Debug, Default)]
pub struct Joints {
    groups: Vec<BTreeSet<ClassId>>,
}

/// How many names of classes the name of their joint base takes up.
const MOST_NAMES: usize = 3;

impl Joints {
    /// Adds what inference met; true where that is something new. Classes from `first` on are joint ones themselves.
    pub fn add(&mut self, met: &[(ClassId, ClassId)], classes: &NativeClasses, first: usize) -> bool {
        let member = |class: ClassId| {
            let mut members = classes
                .iter()
                .filter(|(id, known)| known.root == class && id.index() < first);
            match class.index() < first {
                true => Some(class),
                false => members.next().map(|(id, _)| *id),
            }
        };
        let mut grown = false;
        for (a, b) in met {
            if let (Some(a), Some(b)) = (member(*a), member(*b)) {
                grown |= self.meet(a, b);
            }
        }
        grown
    }

    fn meet(&mut self, a: ClassId, b: ClassId) -> bool {
        let with = |class: ClassId| self.groups.iter().position(|group| group.contains(&class));
        match (with(a), with(b)) {
            (Some(x), Some(y)) if x == y => return false,
            (Some(x), Some(y)) => {
                let other = self.groups.swap_remove(x.max(y));
                self.groups[x.min(y)].extend(other);
            }
            (Some(x), None) | (None, Some(x)) => self.groups[x].extend([a, b]),
            (None, None) => self.groups.push(BTreeSet::from([a, b])),
        }
        true
    }

    /// Puts the families that meet under joint bases, and gives these.
    pub fn join(&self, program: &mut Program, statements: &mut BTreeMap<ClassId, Statement>) -> Vec<ClassId> {
        let mut joints = Vec::new();
        for group in &self.groups {
            let known = group.iter().filter(|class| statements.contains_key(class));
            let roots: BTreeSet<ClassId> = known.map(|class| root(statements, *class)).collect();
            if roots.len() < 2 {
                continue;
            }
            let base = joint_class(program, &roots);
            joints.push(base.id);
            for class in &roots {
                statements
                    .entry(*class)
                    .and_modify(|statement| statement.base = Some(base.id));
            }
            statements.insert(base.id, base);
        }
        joints
    }
}

fn root(statements: &BTreeMap<ClassId, Statement>, class: ClassId) -> ClassId {
    let lineage = std::iter::successors(Some(class), |at| statements.get(at).and_then(|s| s.base));
    lineage.last().unwrap_or(class)
}

fn joint_class(program: &mut Program, roots: &BTreeSet<ClassId>) -> Statement {
    let names: Vec<&str> = roots.iter().map(|class| program.class(*class).name.as_str()).collect();
    let mut name = names.iter().take(MOST_NAMES).copied().collect::<Vec<_>>().join("Or");
    if names.len() > MOST_NAMES {
        name.push_str("OrOther");
    }
    let model = program.class(*roots.first().unwrap_or(&ClassId(0))).clone();
    let id = ClassId(program.classes.len() as u32);
    let global = GlobalId(program.globals.len() as u32);
    program.globals.push(Global {
        module: model.module,
        name: name.clone(),
        kind: GlobalKind::Variable,
        ty: Ty::Dyn,
    });
    program.classes.push(Class {
        qualname: name.clone(),
        name,
        methods: Vec::new(),
        ..model
    });
    Statement {
        id,
        global,
        base: None,
        members: HashMap::new(),
        abstracts: HashSet::new(),
        names: HashSet::new(),
        data: None,
        slots: Some(HashSet::new()),
        is_tuple: false,
        enumeration: None,
        is_joint: true,
    }
}
