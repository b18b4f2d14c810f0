//! Functions are interned: equal ones of one name are one, and what is derived from it is derived once.

use super::kernel::AnyKernel;
use super::syntax::{Derived, Function, Program, Request, Rule};
use core::fmt;
use core::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError, Weak};

/// All functions that live.
static INTERNED: Mutex<Option<std::collections::HashMap<u64, Vec<Weak<Function>>>>> =
    Mutex::new(None);

impl Function {
    /// The function of this name, body and rule.
    pub fn new(name: &str, body: Program, rule: Option<Rule>) -> Arc<Function> {
        Function::with_kernel(name, body, rule, None)
    }

    /// The same with a kernel, which does what the body says.
    pub fn with_kernel(
        name: &str,
        body: Program,
        rule: Option<Rule>,
        kernel: Option<AnyKernel>,
    ) -> Arc<Function> {
        let mut hasher = std::hash::DefaultHasher::new();
        (&body, &rule, &kernel).hash(&mut hasher);
        let hash = hasher.finish();
        // Declared before the lock, so dropped after it: to drop a function takes the lock.
        let mut alive = Vec::new();
        // A panic elsewhere leaves the table whole: it is changed by one push or removal at a time.
        let mut table = INTERNED.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = table.get_or_insert_default().entry(hash).or_default();
        alive.extend(bucket.iter().filter_map(Weak::upgrade));
        let same = alive.iter().find(|function: &&Arc<Function>| {
            *function.name == *name
                && function.body == body
                && function.rule == rule
                && function.kernel == kernel
        });
        if let Some(function) = same {
            return Arc::clone(function);
        }
        let function = Arc::new(Function {
            name: name.into(),
            body,
            rule,
            kernel,
            hash,
            derived: Mutex::default(),
        });
        bucket.push(Arc::downgrade(&function));
        function
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it computes.
    pub fn body(&self) -> &Program {
        &self.body
    }

    /// Its own derivatives, if it has any.
    pub fn rule(&self) -> Option<&Rule> {
        self.rule.as_ref()
    }

    /// Its code, if a user brought some.
    pub fn kernel(&self) -> Option<&AnyKernel> {
        self.kernel.as_ref()
    }

    /// The same function, with a body and a rule that say the same in other words.
    pub(crate) fn rewritten(&self, body: Program, rule: Option<Rule>) -> Arc<Function> {
        Function::with_kernel(&self.name, body, rule, self.kernel.clone())
    }

    /// What `derive` makes of a request, made once.
    pub(crate) fn derived<E>(
        &self,
        request: &Request,
        derive: impl FnOnce() -> Result<Derived, E>,
    ) -> Result<Arc<Derived>, E> {
        let find = || {
            let known = self.derived.lock().unwrap_or_else(PoisonError::into_inner);
            let found = known.iter().find(|(known, _)| known == request);
            found.map(|(_, derived)| Arc::clone(derived))
        };
        if let Some(derived) = find() {
            return Ok(derived);
        }
        // Not under the lock: a derivation asks for others.
        let derived = Arc::new(derive()?);
        let mut known = self.derived.lock().unwrap_or_else(PoisonError::into_inner);
        known.push((request.clone(), Arc::clone(&derived)));
        Ok(derived)
    }
}

impl Drop for Function {
    fn drop(&mut self) {
        let mut table = INTERNED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(table) = table.as_mut()
            && let Some(bucket) = table.get_mut(&self.hash)
        {
            bucket.retain(|function| function.strong_count() > 0);
            if bucket.is_empty() {
                table.remove(&self.hash);
            }
        }
    }
}

impl PartialEq for Function {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self, other)
            || self.hash == other.hash
                && self.body == other.body
                && self.rule == other.rule
                && self.kernel == other.kernel
    }
}

impl Eq for Function {}

impl Hash for Function {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Function")
            .field("name", &self.name)
            .field("body", &self.body)
            .field("rule", &self.rule)
            .finish()
    }
}
