//! What library objects that extend a dict share.

/// The protocols of a dict, for a `Native` with a field `dict: Dict<Value, Value>` and a field `payload: Value`.
macro_rules! dict_protocols {
    () => {
        fn len(&self) -> Option<Result<usize>> {
            Some(Ok(self.dict.len()))
        }

        fn hash(&self, _this: &Object) -> Result<i64> {
            let name = self.native_type().dotted_name();
            Err(exc::type_error(&format!("unhashable type: '{name}'")))
        }

        fn set_item(&self, key: &Value, value: Value) -> Result<()> {
            self.dict.set(key.clone(), value)
        }

        fn contains(&self, item: &Value) -> Result<Option<bool>> {
            self.dict.contains(item).map(Some)
        }

        fn iter(&self, _this: &Object) -> Result<Option<Iter>> {
            Ok(Some(Iter::Dict {
                walk: self.dict.iter(),
                part: Part::Keys,
            }))
        }

        fn payload(&self) -> Option<&Value> {
            Some(&self.payload)
        }
    };
}

pub(super) use dict_protocols;
