//! What handles have in common: the graph and the number of the value.

/// Writes the methods of a handle, a struct of `graph_id`, `id` and `kind`.
macro_rules! handle {
    ($Handle:ident) => {
        impl<T> $Handle<T> {
            pub(crate) fn new(graph_id: GraphId, id: usize) -> Self {
                $Handle {
                    graph_id,
                    id,
                    kind: PhantomData,
                }
            }

            /// The handle with its type forgotten.
            pub(crate) fn any(self) -> AnyVar {
                AnyVar {
                    graph_id: self.graph_id,
                    id: self.id,
                }
            }

            /// The graph it belongs to.
            pub fn graph_id(&self) -> GraphId {
                self.graph_id
            }

            /// Its number among the values of the graph's program: inputs first, then entries of the environment, then
            /// nodes. In a graph without an environment whose nodes are tensors it is the id on the tape.
            pub fn id(&self) -> usize {
                self.id
            }
        }

        impl<T> Clone for $Handle<T> {
            fn clone(&self) -> Self {
                *self
            }
        }

        impl<T> Copy for $Handle<T> {}

        impl<T> core::fmt::Debug for $Handle<T> {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, "value {} of {}", self.id, self.graph_id)
            }
        }
    };
}

pub(super) use handle;
