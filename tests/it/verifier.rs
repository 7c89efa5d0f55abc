//! The rules of the IR: a fault planted against each is found, and named by its number.

use crate::support::{Job, Scratch};
use pivot::compile::{Stage, compile_watched};
use pivot::ir::func::Storage;
use pivot::ir::verify::faults;
use pivot::ir::{
    Callee, CompKind, Expr, ExprKind, FuncId, Function, Label, LocalId, ParamKind, Program, Stmt, StmtKind, Target, Ty,
};
use pivot::source::Span;

const SOURCE: &str = r#"
class Point:
    def __init__(self, x: int):
        self.x = x


def outer(first, second=2, *rest, **more):
    def inner():
        return first
    a, *b = rest
    for item in b:
        if item:
            break
    return inner, {k: v for k, v in more.items()}


def square(n: int):
    return n * n


def shift(words: list[str], n: int):
    point = Point(square(n))
    total = 0
    for word in words:
        total += len(word) if word else point.x
    return total


if __name__ == "__main__":
    print(shift(["a"], 3))
"#;

/// The program as it is after the stage.
fn program(stage: Stage) -> Program {
    let folder = Scratch::new();
    let path = folder.write("job.py", SOURCE);
    let mut found = None;
    compile_watched(&Job::read(&path).request(), &mut |reached, program| {
        if reached == stage {
            found = Some(program.clone());
        }
    });
    found.expect("the stage is reached")
}

fn function<'a>(program: &'a mut Program, name: &str) -> &'a mut Function {
    program
        .functions
        .iter_mut()
        .find(|f| f.name == name)
        .expect("the function is there")
}

/// The numbers of the rules that the program breaks once the fault is planted.
fn broken(stage: Stage, plant: impl FnOnce(&mut Program)) -> Vec<u8> {
    let mut program = program(stage);
    assert_eq!(faults(&program, stage == Stage::Types), []);
    plant(&mut program);
    faults(&program, stage == Stage::Types)
        .iter()
        .map(|fault| fault.rule)
        .collect()
}

/// Plants a fault in the first expression of the function for which `plant` says that it did.
fn in_expr(function: &mut Function, plant: impl Fn(&mut Expr) -> bool) {
    let mut body = std::mem::take(&mut function.body);
    let done = body.iter_mut().any(|stmt| stmt_with(stmt, &plant));
    function.body = body;
    assert!(done, "there is no place for the fault in {}", function.name);
}

fn stmt_with(stmt: &mut Stmt, plant: &dyn Fn(&mut Expr) -> bool) -> bool {
    use pivot::ir::visit_mut::PartMut;
    let mut done = false;
    stmt.parts_mut(&mut |part| match part {
        PartMut::Expr(e) => done = done || expr_with(e, plant),
        PartMut::Stmt(stmt) => done = done || stmt_with(stmt, plant),
        _ => {}
    });
    done
}

fn expr_with(e: &mut Expr, plant: &dyn Fn(&mut Expr) -> bool) -> bool {
    use pivot::ir::visit_mut::PartMut;
    if plant(e) {
        return true;
    }
    let mut done = false;
    e.parts_mut(&mut |part| match part {
        PartMut::Expr(e) => done = done || expr_with(e, plant),
        PartMut::Stmt(stmt) => done = done || stmt_with(stmt, plant),
        _ => {}
    });
    done
}

fn stmt(kind: StmtKind) -> Stmt {
    Stmt {
        kind,
        span: Span::default(),
    }
}

fn none() -> Expr {
    Expr::none(Span::default())
}

#[test]
fn what_is_named_must_exist() {
    let missing = |kind: ExprKind| {
        broken(Stage::Lower, |program| {
            let value = Expr::new(kind, Span::default());
            function(program, "square").body.insert(0, stmt(StmtKind::Expr(value)));
        })
    };
    assert_eq!(missing(ExprKind::Local(LocalId(99), pivot::ir::Use::Shared)), [1]);
    assert_eq!(missing(ExprKind::Global(pivot::ir::GlobalId(99))), [1]);
    let call = ExprKind::Call {
        callee: Callee::Function(FuncId(99)),
        args: Vec::new(),
        keywords: Vec::new(),
    };
    assert_eq!(missing(call), [1]);
    let moved = broken(Stage::Lower, |program| function(program, "square").id = FuncId(0));
    assert_eq!(moved, [1]);
    let record = broken(Stage::Types, |program| {
        function(program, "square").ret = Ty::list(Ty::Record(pivot::ir::RecordId(7)));
    });
    assert!(record.contains(&1), "{record:?}");
}

#[test]
fn a_captured_local_is_a_cell_of_the_parent() {
    let plain = broken(Stage::Lower, |program| {
        let locals = &mut function(program, "outer").locals;
        locals.iter_mut().for_each(|local| local.storage = Storage::Plain);
    });
    assert_eq!(plain, [2]);
    assert_eq!(
        broken(Stage::Lower, |program| function(program, "inner").parent = None),
        [2, 2]
    );
}

#[test]
fn parameters_stand_in_their_order_with_locals_of_their_own() {
    let shared = broken(Stage::Lower, |program| {
        let params = &mut function(program, "outer").params;
        params[1].local = params[0].local;
    });
    assert_eq!(shared, [3]);
    assert_eq!(
        broken(Stage::Lower, |program| function(program, "outer").params.swap(0, 2)),
        [3]
    );
    let twice = broken(Stage::Lower, |program| {
        function(program, "outer").params[3].kind = ParamKind::VarArgs;
    });
    assert_eq!(twice, [3]);
}

#[test]
fn a_jump_names_a_loop_around_it() {
    let outside = broken(Stage::Lower, |program| {
        function(program, "square")
            .body
            .insert(0, stmt(StmtKind::Break(Label(1))));
    });
    assert_eq!(outside, [4]);
    let nested = broken(Stage::Lower, |program| {
        for one in &mut function(program, "outer").body {
            let again = one.clone();
            if let StmtKind::For { body, .. } = &mut one.kind {
                body.push(again);
            }
        }
    });
    assert_eq!(nested, [4]);
}

#[test]
fn unpackings_and_comprehensions_have_their_parts() {
    let star = broken(Stage::Lower, |program| {
        for one in &mut function(program, "outer").body {
            if let StmtKind::Assign {
                target: Target::Unpack { star, .. },
                ..
            } = &mut one.kind
            {
                *star = Some(2);
            }
        }
    });
    assert_eq!(star, [5]);
    let keyless = broken(Stage::Lower, |program| {
        in_expr(function(program, "outer"), |e| match &mut e.kind {
            ExprKind::Comp { kind, .. } => {
                *kind = CompKind::Set;
                true
            }
            _ => false,
        });
    });
    assert_eq!(keyless, [5]);
}

#[test]
fn only_generators_yield_and_only_coroutines_await() {
    let suspended = |wrap: fn(Box<Expr>) -> ExprKind| {
        broken(Stage::Lower, |program| {
            let value = Expr::new(wrap(Box::new(none())), Span::default());
            function(program, "square").body.insert(0, stmt(StmtKind::Expr(value)));
        })
    };
    assert_eq!(suspended(ExprKind::Yield), [6]);
    assert_eq!(suspended(ExprKind::YieldFrom), [6]);
    assert_eq!(suspended(ExprKind::Await), [6]);
}

#[test]
fn a_temporary_that_is_read_is_bound() {
    let unbound = broken(Stage::Lower, |program| {
        let square = function(program, "square");
        let mut local = square.locals[0].clone();
        local.temporary = true;
        let id = LocalId(square.locals.len() as u32);
        square.locals.push(local);
        square
            .body
            .insert(0, stmt(StmtKind::Expr(Expr::local(id, Span::default()))));
    });
    assert_eq!(unbound, [7]);
}

#[test]
fn an_operation_has_the_types_of_its_row() {
    let retyped = |to: Ty| {
        broken(Stage::Types, |program| {
            in_expr(function(program, "square"), |e| {
                let is_op = matches!(e.kind, ExprKind::Op { .. });
                if is_op {
                    e.ty = to.clone();
                }
                is_op
            });
        })
    };
    assert_eq!(retyped(Ty::Str), [8, 12]);
    let operand = broken(Stage::Types, |program| {
        in_expr(function(program, "square"), |e| match &mut e.kind {
            ExprKind::Op { args, .. } => args.pop().is_some(),
            _ => false,
        });
    });
    assert_eq!(operand, [8]);
}

#[test]
fn a_condition_is_a_bool() {
    let condition = broken(Stage::Types, |program| {
        in_expr(function(program, "shift"), |e| match &mut e.kind {
            ExprKind::IfExp { cond, .. } => {
                **cond = Expr::typed(none().kind, Ty::None, Span::default());
                true
            }
            _ => false,
        });
    });
    assert_eq!(condition, [9]);
}

#[test]
fn fields_are_those_of_the_class() {
    let renamed = broken(Stage::Types, |program| {
        in_expr(function(program, "shift"), |e| match &mut e.kind {
            ExprKind::Field { name, .. } => {
                name.push('y');
                true
            }
            _ => false,
        });
    });
    assert_eq!(renamed, [10]);
    let incomplete = broken(Stage::Types, |program| {
        for class in &mut program.classes {
            class.layout.iter_mut().for_each(Vec::clear);
        }
    });
    assert!(
        incomplete.iter().all(|code| *code == 10) && !incomplete.is_empty(),
        "{incomplete:?}"
    );
}

#[test]
fn arguments_fit_their_parameters() {
    let wrong = broken(Stage::Types, |program| {
        in_expr(function(program, "shift"), |e| match &mut e.kind {
            ExprKind::Call {
                callee: Callee::Function(_),
                args,
                ..
            } if args.len() == 1 => {
                *args[0].expr_mut() = Expr::typed(Expr::str("a", Span::default()).kind, Ty::Str, Span::default());
                true
            }
            _ => false,
        });
    });
    assert_eq!(wrong, [11]);
}

#[test]
fn what_is_bound_or_returned_can_be_carried() {
    let bound = broken(Stage::Types, |program| {
        let shift = function(program, "shift");
        let total = shift.locals.iter().position(|l| l.name == "total").expect("a local");
        let value = Expr::typed(Expr::str("a", Span::default()).kind, Ty::Str, Span::default());
        let target = Target::Local(LocalId(total as u32));
        shift.body.insert(0, stmt(StmtKind::Assign { value, target }));
    });
    assert_eq!(bound, [12]);
    let returned = broken(Stage::Types, |program| {
        let value = Expr::typed(none().kind, Ty::None, Span::default());
        function(program, "square")
            .body
            .insert(0, stmt(StmtKind::Return(value)));
    });
    assert_eq!(returned, [12]);
}
