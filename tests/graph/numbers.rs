//! The numbers of lists, groups and tensors.

use cotangent::context::Erase;
use cotangent::tensor::Value;

/// All numbers of a value, in their order.
pub fn numbers<A: Clone, V: Erase<A>>(value: &V) -> Vec<A> {
    let mut all = Vec::new();
    value.push_any(&mut all);
    let tensors = all.into_iter().filter_map(Value::into_tensor);
    tensors.flat_map(|x| x.as_slice().to_vec()).collect()
}
