//! `lru_cache` and `cache`.

use std::cell::{Cell, RefCell};

use super::wrapper::UPDATE_WRAPPER;
use crate::class::Class;
use crate::class::descriptor::Descriptor;
use crate::dict::Dict;
use crate::exc::{self, Result};
use crate::function::Bound;
use crate::lib::collections::namedtuple;
use crate::lib::convert::{is_callable, size};
use crate::lib::params::{none, one};
use crate::lib::signature::PyParams;
use crate::native::{Native, Object};
use crate::ops;
use crate::rc::Ref;
use crate::registry::{BuiltinType, Effects, Kwargs, Method, NativeFn};
use crate::str::Str;
use crate::value::Value;

/// A function that remembers its results, the least recently used going first.
struct Cache {
    function: Value,
    /// None keeps all.
    limit: Option<usize>,
    typed: bool,
    /// Results in order of use.
    results: Dict<Value, Value>,
    hits: Cell<u64>,
    misses: Cell<u64>,
    attrs: Dict<Value, Value>,
}

/// Stands between positional and keyword arguments in a key.
static MARK: NativeFn = NativeFn {
    name: "mark",
    effects: Effects::PURE,
    call: |_, _| Ok(Value::None),
};

impl Cache {
    fn key(&self, args: &[Value], kwargs: Kwargs) -> Value {
        if !self.typed
            && kwargs.is_empty()
            && let [only @ (Value::Int(_) | Value::BigInt(_) | Value::Str(_))] = args
        {
            return only.clone();
        }
        let mut parts = args.to_vec();
        if !kwargs.is_empty() {
            parts.push(Value::Builtin(&MARK));
            parts.extend(
                kwargs
                    .iter()
                    .flat_map(|(key, value)| [Value::Str(key.clone()), value.clone()]),
            );
        }
        if self.typed {
            let values = args.iter().chain(kwargs.iter().map(|(_, value)| value));
            parts.extend(values.map(|value| Value::Class(value.class())));
        }
        Value::tuple(parts)
    }

    fn look_up(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        if self.limit == Some(0) {
            self.misses.set(self.misses.get() + 1);
            return ops::call_kw(&self.function, args, kwargs);
        }
        let key = self.key(args, kwargs);
        if let Some(result) = self.hit(&key)? {
            self.hits.set(self.hits.get() + 1);
            return Ok(result);
        }
        self.misses.set(self.misses.get() + 1);
        let result = ops::call_kw(&self.function, args, kwargs)?;
        self.keep(key, &result)?;
        Ok(result)
    }

    /// The kept result, which becomes the one used last.
    fn hit(&self, key: &Value) -> Result<Option<Value>> {
        if self.limit.is_none() {
            return self.results.find_value(key);
        }
        let Some((key, result)) = self.results.take(key)? else {
            return Ok(None);
        };
        self.results.set(key, result.clone())?;
        Ok(Some(result))
    }

    /// Keeps a result, unless the function's own calls kept one meanwhile.
    fn keep(&self, key: Value, result: &Value) -> Result<()> {
        let Some(limit) = self.limit else {
            return self.results.set(key, result.clone());
        };
        if self.results.contains(&key)? {
            return Ok(());
        }
        if self.results.len() >= limit
            && let Some((_, oldest, _)) = self.results.entry_from(&mut 0)
        {
            drop(self.results.take(&oldest)?);
        }
        self.results.set(key, result.clone())
    }

    fn limit_value(&self) -> Value {
        self.limit.map_or(Value::None, |limit| Value::Int(limit as i64))
    }
}

impl Native for Cache {
    fn native_type(&self) -> &'static BuiltinType {
        &WRAPPER
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        self.look_up(args, kwargs)
    }

    fn get_attr(&self, name: &str) -> Result<Option<Value>> {
        Ok(match name {
            "__dict__" => Some(Value::Dict(self.attrs.clone())),
            _ => self.attrs.find_text(name),
        })
    }

    fn set_attr(&self, name: &str, value: Value) -> Result<bool> {
        self.attrs.set_text(name, value);
        Ok(true)
    }

    fn del_attr(&self, name: &str) -> Result<bool> {
        Ok(self.attrs.take_text(name).is_some())
    }

    fn descriptor(&self) -> Option<&dyn Descriptor> {
        Some(self)
    }
}

impl Descriptor for Cache {
    fn get(&self, this: &Object, receiver: Option<&Value>, _: &Class) -> Result<Value> {
        let function = Value::Object(this.clone());
        Ok(match receiver {
            None => function,
            Some(receiver) => Value::Method(Ref::new(Bound {
                function,
                receiver: receiver.clone(),
            })),
        })
    }
}

/// The cached form of `function`.
fn wrap(function: &Value, limit: Option<usize>, typed: bool) -> Result<Value> {
    if !is_callable(function) {
        return Err(exc::type_error("the first argument must be callable"));
    }
    let cache = Value::object(Cache {
        function: function.clone(),
        limit,
        typed,
        results: Dict::new(),
        hits: Cell::new(0),
        misses: Cell::new(0),
        attrs: Dict::new(),
    });
    (UPDATE_WRAPPER.call)(&[cache, function.clone()], &[])
}

/// What `lru_cache(maxsize)` answers: it waits for the function.
struct Decorator {
    limit: Option<usize>,
    typed: bool,
}

impl Native for Decorator {
    fn native_type(&self) -> &'static BuiltinType {
        &crate::types::FUNCTION
    }

    fn callable(&self) -> bool {
        true
    }

    fn call(&self, args: &[Value], kwargs: Kwargs) -> Result<Value> {
        wrap(
            one("lru_cache.<locals>.decorating_function", args, kwargs)?,
            self.limit,
            self.typed,
        )
    }
}

fn lru_cache(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("lru_cache", &["maxsize", "typed"], 0);
    let [limit, typed] = PARAMS.read(args, kwargs)?;
    let typed = typed.map_or(Ok(false), ops::truthy)?;
    let limit = match limit {
        None => Some(128),
        Some(Value::None) => None,
        Some(value) if value.as_int().is_some() => Some(size(value)?.max(0) as usize),
        Some(function) if is_callable(function) => return wrap(function, Some(128), typed),
        Some(_) => {
            return Err(exc::type_error(
                "Expected first argument to be an integer, a callable, or None",
            ));
        }
    };
    Ok(Value::object(Decorator { limit, typed }))
}

fn cache(args: &[Value], kwargs: Kwargs) -> Result<Value> {
    static PARAMS: PyParams = PyParams::new("cache", &["user_function"], 1);
    let [function] = PARAMS.read(args, kwargs)?;
    wrap(function.unwrap_or(&Value::None), None, false)
}

thread_local! {
    static CACHE_INFO: RefCell<Option<Value>> = const { RefCell::new(None) };
}

/// The class of what `cache_info()` answers.
fn cache_info_class() -> Result<Value> {
    if let Some(class) = CACHE_INFO.with_borrow(Clone::clone) {
        return Ok(class);
    }
    let fields = ["hits", "misses", "maxsize", "currsize"].map(Str::from).to_vec();
    let class = namedtuple::build(&Str::from("CacheInfo"), fields, Vec::new(), "functools")?;
    CACHE_INFO.set(Some(class.clone()));
    Ok(class)
}

fn this(receiver: &Value) -> Result<&Cache> {
    receiver
        .downcast()
        .ok_or_else(|| exc::type_error("descriptor requires a 'functools._lru_cache_wrapper' object"))
}

fn cache_info(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("functools._lru_cache_wrapper.cache_info", args, kwargs)?;
    let this = this(receiver)?;
    let (hits, misses) = (Value::Int(this.hits.get() as i64), Value::Int(this.misses.get() as i64));
    let count = Value::Int(this.results.len() as i64);
    ops::call(&cache_info_class()?, &[hits, misses, this.limit_value(), count])
}

fn cache_clear(receiver: &Value, args: &[Value], kwargs: Kwargs) -> Result<Value> {
    none("functools._lru_cache_wrapper.cache_clear", args, kwargs)?;
    let this = this(receiver)?;
    this.results.clear();
    this.hits.set(0);
    this.misses.set(0);
    Ok(Value::None)
}

fn cache_parameters(receiver: &Value, _args: &[Value], _kwargs: Kwargs) -> Result<Value> {
    let this = this(receiver)?;
    let rows = [
        (Value::str("maxsize"), this.limit_value()),
        (Value::str("typed"), Value::Bool(this.typed)),
    ];
    Ok(Value::Dict(Dict::from_items(rows)?))
}

static METHODS: &[Method] = &[
    Method {
        name: "cache_info",
        effects: Effects::READS_ARGS,
        call: cache_info,
    },
    Method {
        name: "cache_clear",
        effects: Effects::MUTATES_ARGS,
        call: cache_clear,
    },
    Method {
        name: "cache_parameters",
        effects: Effects::READS_ARGS,
        call: cache_parameters,
    },
];

static WRAPPER: BuiltinType = BuiltinType::closed("_lru_cache_wrapper", "functools")
    .in_c()
    .methods(METHODS);
pub static LRU_CACHE: NativeFn = NativeFn {
    name: "lru_cache",
    effects: Effects::READS_ARGS,
    call: lru_cache,
};
pub static CACHE: NativeFn = NativeFn {
    name: "cache",
    effects: Effects::READS_ARGS,
    call: cache,
};
