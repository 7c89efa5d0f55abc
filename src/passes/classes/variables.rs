//! Attributes of classes as variables of the program.

use crate::ir::{
    ClassId, Expr, ExprKind, Function, Global, GlobalId, GlobalKind, LocalId, Program, Stmt, StmtKind, Target, Ty,
};

/// The variable of the program that stands for an attribute of the class; bound where the class body binds it.
pub fn class_variable(program: &mut Program, class: ClassId, name: &str, local: LocalId) -> GlobalId {
    let id = new_variable(program, class, name);
    let module = program.class(class).module;
    let init = program.modules[module.index()].init;
    let main = program.modules[module.index()].main;
    for function in [Some(init), main].into_iter().flatten() {
        bind_beside(&mut program.functions[function.index()], class, name, local, id);
    }
    id
}

/// The same, before anything binds it.
pub fn new_variable(program: &mut Program, class: ClassId, name: &str) -> GlobalId {
    let id = GlobalId(program.globals.len() as u32);
    let class = program.class(class);
    let global = Global {
        module: class.module,
        name: format!("{}.{name}", class.name),
        kind: GlobalKind::Variable,
        ty: Ty::Dyn,
    };
    program.globals.push(global);
    id
}

/// Has the function bind the variable as well, before it makes the class.
fn bind_beside(function: &mut Function, class: ClassId, name: &str, local: LocalId, global: GlobalId) {
    let made = function.body.iter().position(|stmt| match &stmt.kind {
        StmtKind::Assign { value, .. } => super::statement::class_made(value) == Some(class),
        _ => false,
    });
    let Some(at) = made else { return };
    // In a copy of the statement, the body's variables may be others.
    let mut local = local;
    if let StmtKind::Assign { value, .. } = &function.body[at].kind {
        value.walk(&mut |e| {
            if let ExprKind::MakeClass { namespace, .. } = &e.kind
                && let Some((_, own)) = namespace.iter().find(|(known, _)| known == name)
            {
                local = *own;
            }
        });
    }
    let span = function.body[at].span;
    let bind = Stmt {
        kind: StmtKind::Assign {
            value: Expr::local(local, span),
            target: Target::Global(global),
        },
        span,
    };
    function.body.insert(at, bind);
}
