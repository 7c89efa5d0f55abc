//! `import` and `from ... import`.

use super::*;

impl Parser<'_> {
    pub(super) fn import_statement(&mut self) -> Parse<StmtKind> {
        self.bump();
        let mut names = vec![self.dotted_alias()?];
        while self.eat(Tok::Comma) {
            names.push(self.dotted_alias()?);
        }
        Ok(StmtKind::Import(names))
    }

    pub(super) fn import_from_statement(&mut self) -> Parse<StmtKind> {
        self.bump();
        let mut level = 0;
        loop {
            match self.tok() {
                Tok::Dot => level += 1,
                Tok::Ellipsis => level += 3,
                _ => break,
            }
            self.bump();
        }
        let module = if level == 0 || self.at(Tok::Name) {
            Some(self.dotted_name()?)
        } else {
            None
        };
        self.expect(Tok::Import)?;
        let names = self.imported_names()?;
        Ok(StmtKind::ImportFrom { module, names, level })
    }

    fn imported_names(&mut self) -> Parse<Vec<Alias>> {
        if self.at(Tok::Star) {
            let span = self.bump().span;
            return Ok(vec![Alias {
                name: "*".to_owned(),
                asname: None,
                span,
            }]);
        }
        let is_bracketed = self.eat(Tok::LPar);
        let mut names = vec![self.plain_alias()?];
        while self.eat(Tok::Comma) {
            if is_bracketed && self.at(Tok::RPar) {
                break;
            }
            if self.at(Tok::Newline) {
                let message = "trailing comma not allowed without surrounding parentheses";
                return self.error(message, self.span());
            }
            names.push(self.plain_alias()?);
        }
        if is_bracketed {
            self.expect(Tok::RPar)?;
        }
        Ok(names)
    }

    fn plain_alias(&mut self) -> Parse<Alias> {
        let ident = self.ident()?;
        self.alias(ident.name, ident.span.start)
    }

    fn dotted_alias(&mut self) -> Parse<Alias> {
        let start = self.start();
        let name = self.dotted_name()?;
        self.alias(name, start)
    }

    fn alias(&mut self, name: String, start: u32) -> Parse<Alias> {
        let asname = if self.eat(Tok::As) {
            Some(self.ident()?.name)
        } else {
            None
        };
        Ok(Alias {
            name,
            asname,
            span: self.since(start),
        })
    }

    fn dotted_name(&mut self) -> Parse<String> {
        let mut name = self.ident()?.name;
        while self.eat(Tok::Dot) {
            name.push('.');
            name.push_str(&self.ident()?.name);
        }
        Ok(name)
    }
}
