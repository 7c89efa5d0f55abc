//! String literals side by side: plain, bytes and f-strings.

use super::*;
use crate::syntax::lexer;
use crate::syntax::literal::fstring::{self, Fault, Field, Piece};
use crate::syntax::literal::{self, Shape, WideText};
use std::ops::Range;

impl From<Fault> for SyntaxError {
    fn from(fault: Fault) -> Self {
        SyntaxError::new(fault.message, Span::default())
    }
}

impl<'a> Parser<'a> {
    /// One or more literals, joined.
    pub(super) fn strings(&mut self) -> Parse<Expr> {
        let start = self.start();
        let mut literals = Vec::new();
        while self.at(Tok::String) {
            let span = self.bump().span;
            literals.push((span, Shape::of(self.slice(span), span.start as usize)));
        }
        let whole = self.since(start);
        let has_bytes = literals.iter().any(|(_, shape)| shape.is_bytes);
        if has_bytes && literals.iter().any(|(_, shape)| !shape.is_bytes) {
            return self.error("cannot mix bytes and nonbytes literals", self.span());
        }
        let kind = if has_bytes {
            ExprKind::Constant(Constant::Bytes(self.joined_bytes(&literals)?))
        } else if literals.iter().any(|(_, shape)| shape.is_format) {
            ExprKind::JoinedStr(self.joined_format(&literals, whole)?)
        } else {
            ExprKind::Constant(self.joined_text(&literals)?)
        };
        Ok(expr(kind, whole))
    }

    fn joined_bytes(&self, literals: &[(Span, Shape)]) -> Parse<Vec<u8>> {
        let mut all = Vec::new();
        for (span, shape) in literals {
            let content = &self.text[shape.content_start..shape.content_end];
            let bytes = literal::bytes::decode(content, shape.is_raw);
            all.extend(bytes.or_else(|message| self.error(message, *span))?);
        }
        Ok(all)
    }

    fn joined_text(&self, literals: &[(Span, Shape)]) -> Parse<Constant> {
        let mut all = WideText::default();
        for (span, shape) in literals {
            all.append(self.decoded(shape.content_start..shape.content_end, shape.is_raw, *span)?);
        }
        Ok(all.into_constant())
    }

    fn decoded(&self, range: Range<usize>, is_raw: bool, blame: Span) -> Parse<WideText> {
        literal::text::decode(&self.text[range], is_raw).or_else(|message| self.error(message, blame))
    }

    fn joined_format(&self, literals: &[(Span, Shape)], whole: Span) -> Parse<Vec<Expr>> {
        let mut joiner = Joiner {
            whole,
            pending: WideText::default(),
            values: Vec::new(),
        };
        for (span, shape) in literals {
            let content = shape.content_start..shape.content_end;
            if shape.is_format {
                let mut fields = Vec::new();
                let pieces = fstring::pieces(self.text, content, shape.is_raw, &mut |range| {
                    fields.push(self.field_expression(range)?);
                    Ok(())
                });
                let pieces = pieces.map_err(|error| locate(error, *span))?;
                let mut fields = fields.into_iter();
                self.join_pieces(pieces, shape.is_raw, *span, &mut fields, &mut joiner)?;
            } else {
                joiner.pending.append(self.decoded(content, shape.is_raw, *span)?);
            }
        }
        joiner.flush();
        Ok(joiner.values)
    }

    /// `fields` are the parsed expressions in the order of the text.
    fn join_pieces(
        &self,
        pieces: Vec<Piece>,
        is_raw: bool,
        blame: Span,
        fields: &mut dyn Iterator<Item = Expr>,
        joiner: &mut Joiner,
    ) -> Parse<()> {
        for piece in pieces {
            match piece {
                Piece::Literal(range) => joiner.pending.append(self.decoded(range, is_raw, blame)?),
                Piece::Field(field) => {
                    if let Some(text) = &field.debug_text {
                        literal::push_source_text(&mut joiner.pending, &self.text[text.clone()]);
                    }
                    joiner.flush();
                    let value = self.formatted(field, is_raw, blame, fields)?;
                    joiner.values.push(value);
                }
            }
        }
        Ok(())
    }

    fn formatted(
        &self,
        field: Field,
        is_raw: bool,
        blame: Span,
        fields: &mut dyn Iterator<Item = Expr>,
    ) -> Parse<Expr> {
        let value = Box::new(fields.next().expect("one expression per field"));
        let conversion = match field.conversion {
            Some(b's') => Conversion::Str,
            Some(b'a') => Conversion::Ascii,
            Some(_) => Conversion::Repr,
            None if field.debug_text.is_some() && field.spec.is_none() => Conversion::Repr,
            None => Conversion::None,
        };
        let format_spec = match field.spec {
            None => None,
            Some(pieces) => {
                let mut joiner = Joiner {
                    whole: blame,
                    pending: WideText::default(),
                    values: Vec::new(),
                };
                self.join_pieces(pieces, is_raw, blame, fields, &mut joiner)?;
                joiner.flush();
                Some(Box::new(expr(ExprKind::JoinedStr(joiner.values), blame)))
            }
        };
        Ok(expr(
            ExprKind::FormattedValue {
                value,
                conversion,
                format_spec,
            },
            field.span,
        ))
    }

    /// Parses the expression of a field as CPython does: as though it stood in brackets.
    fn field_expression(&self, range: Range<usize>) -> Parse<Expr> {
        let tokens = lexer::tokenize_bracketed(self.text, range.start, range.end);
        let mut parser = Parser::new(self.text, &tokens);
        parser.depth = self.depth + 1;
        parser.trial = self.trial;
        parser.is_field = true;
        let parsed = parser
            .bracketed(range.start as u32, Tok::End)
            .and_then(|value| if parser.at(Tok::End) { Ok(value) } else { parser.fail() });
        parsed
            .and_then(|value| match value.kind {
                ExprKind::Starred(_) => parser.error("cannot use starred expression here", value.span),
                _ => Ok(value),
            })
            .map_err(|error| match &tokens.error {
                Some(fault) => fault.clone(),
                None if error.message.starts_with("f-string: ") => error,
                None => SyntaxError {
                    message: format!("f-string: {}", error.message),
                    ..error
                },
            })
    }
}

/// Gives a fault without a place that of its literal.
fn locate(error: SyntaxError, span: Span) -> SyntaxError {
    if error.span == Span::default() {
        SyntaxError { span, ..error }
    } else {
        error
    }
}

/// Collects an f-string's values; text that stands side by side becomes one constant.
struct Joiner {
    whole: Span,
    pending: WideText,
    values: Vec<Expr>,
}

impl Joiner {
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.pending);
        if !text.is_empty() {
            self.values
                .push(expr(ExprKind::Constant(text.into_constant()), self.whole));
        }
    }
}
