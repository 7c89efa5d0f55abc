//! getattr, setattr, delattr, hasattr, dir, vars.

use crate::args;
use crate::attr;
use crate::exc::{self, Result, hierarchy};
use crate::iter;
use crate::methods::object::attribute_name;
use crate::ops;
use crate::registry::Kwargs;
use crate::value::Value;

pub(super) fn getattr(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    match args::between("getattr", args, kwargs, 2, 3)? {
        [object, name, default] => match ops::get_attr(object, &attribute_name(name)?) {
            Err(missing) if missing.is(&hierarchy::ATTRIBUTE_ERROR) => Ok(default.clone()),
            answer => answer,
        },
        args => ops::get_attr(&args[0], &attribute_name(&args[1])?),
    }
}

pub(super) fn setattr(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [object, name, value] = args::exactly("setattr", args, kwargs)?;
    ops::set_attr(object, &attribute_name(name)?, value.clone())?;
    Ok(Value::None)
}

pub(super) fn delattr(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [object, name] = args::exactly("delattr", args, kwargs)?;
    ops::del_attr(object, &attribute_name(name)?)?;
    Ok(Value::None)
}

pub(super) fn hasattr(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [object, name] = args::exactly("hasattr", args, kwargs)?;
    Ok(Value::Bool(
        ops::get_attr_or_none(object, &attribute_name(name)?)?.is_some(),
    ))
}

pub(super) fn dir(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [object] = args::between("dir", args, kwargs, 0, 1)? else {
        return Err(exc::not_implemented_error("dir() without an argument"));
    };
    let names = match object.user_class().and_then(|class| class.lookup_own("__dir__")) {
        Some(_) => iter::collect(&ops::call_method(object, "__dir__", &[])?)?,
        None => attr::names(object).into_iter().map(Value::Str).collect(),
    };
    let names = crate::list::List::from_vec(names);
    names.sort(false)?;
    Ok(Value::List(names))
}

pub(super) fn vars(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    let [object] = args::between("vars", args, kwargs, 0, 1)? else {
        return Err(exc::not_implemented_error("vars() without an argument"));
    };
    match ops::get_attr_or_none(object, "__dict__")? {
        Some(dict) => Ok(dict),
        None => Err(exc::type_error("vars() argument must have __dict__ attribute")),
    }
}
