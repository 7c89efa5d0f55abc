//! Where each local is declared in the emitted code: the innermost block that holds all that name it.

use crate::ir::visit::Part;
use crate::ir::{AugTarget, Expr, ExprKind, Function, LocalId, Stmt, StmtKind, Target};

/// A block of the function, by where its statements lie in memory: good as long as the IR is not edited.
pub type BlockId = usize;

pub fn block_id(block: &[Stmt]) -> BlockId {
    block.as_ptr() as usize
}

/// A comprehension is a block too.
pub fn comp_id(e: &Expr) -> BlockId {
    std::ptr::from_ref(e) as usize
}

/// Where a local is declared: before the statement at this index of the block (`HEADER` for what the block's own
/// header binds, such as a loop's target).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub block: BlockId,
    pub index: usize,
}

pub const HEADER: usize = usize::MAX;

/// The place of each local (None where nothing names it).
pub fn analyse(function: &Function) -> Vec<Option<Place>> {
    let mut walk = Walk {
        path: Vec::new(),
        found: vec![None; function.locals.len()],
    };
    walk.block(&function.body);
    walk.found
        .into_iter()
        .map(|path| path.and_then(|p: Vec<Step>| p.last().copied().map(Step::place)))
        .collect()
}

#[derive(Clone, Copy, Debug)]
struct Step {
    block: BlockId,
    index: usize,
}

impl Step {
    fn place(self) -> Place {
        Place {
            block: self.block,
            index: self.index,
        }
    }
}

struct Walk {
    path: Vec<Step>,
    found: Vec<Option<Vec<Step>>>,
}

impl Walk {
    fn enter(&mut self, block: BlockId) {
        self.path.push(Step { block, index: HEADER });
    }

    fn block(&mut self, block: &[Stmt]) {
        self.enter(block_id(block));
        self.statements(block);
        self.path.pop();
    }

    fn statements(&mut self, block: &[Stmt]) {
        for (index, stmt) in block.iter().enumerate() {
            self.path.last_mut().expect("inside a block").index = index;
            self.stmt(stmt);
        }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::For {
                iter,
                target,
                body,
                orelse,
                ..
            } => {
                self.expr(iter);
                self.enter(block_id(body));
                self.target(target);
                self.statements(body);
                self.path.pop();
                self.block(orelse);
            }
            StmtKind::With {
                manager, target, body, ..
            } => {
                self.expr(manager);
                target.iter().for_each(|t| self.target(t));
                self.block(body);
            }
            StmtKind::Try {
                body,
                handlers,
                orelse,
                finally,
            } => {
                self.block(body);
                self.block(orelse);
                for handler in handlers {
                    handler.class.iter().for_each(|c| self.expr(c));
                    self.enter(block_id(&handler.body));
                    handler.name.iter().for_each(|n| self.name(*n));
                    self.statements(&handler.body);
                    self.path.pop();
                }
                self.block(finally);
            }
            StmtKind::Assign { value, target } => {
                self.expr(value);
                self.target(target);
            }
            StmtKind::Aug { target, value, .. } => {
                target.exprs(&mut |e| self.expr(e));
                if let AugTarget::Local(id) = target {
                    self.name(*id);
                }
                self.expr(value);
            }
            StmtKind::DelLocal(id) => self.name(*id),
            _ => {
                stmt.exprs(&mut |e| self.expr(e));
                stmt.blocks(&mut |b| self.block(b));
            }
        }
    }

    fn target(&mut self, target: &Target) {
        target.exprs(&mut |e| self.expr(e));
        target.locals(&mut |id| self.name(id));
    }

    fn expr(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Local(id, _) => self.name(*id),
            ExprKind::MakeClass { namespace, .. } => namespace.iter().for_each(|(_, id)| self.name(*id)),
            _ => {}
        }
        let inside = matches!(e.kind, ExprKind::Comp { .. });
        if inside {
            self.enter(comp_id(e));
        }
        e.parts(&mut |part| match part {
            Part::Expr(e) => self.expr(e),
            Part::Block(block) => self.block(block),
            Part::Target(target) => self.target(target),
        });
        if inside {
            self.path.pop();
        }
    }

    fn name(&mut self, id: LocalId) {
        let found = &mut self.found[id.index()];
        match found {
            None => *found = Some(self.path.clone()),
            Some(path) => {
                let common = path
                    .iter()
                    .zip(&self.path)
                    .take_while(|(a, b)| a.block == b.block)
                    .count();
                path.truncate(common);
            }
        }
    }
}
