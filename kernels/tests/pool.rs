//! Pools against loops over windows: the same bits.

use cotangent_kernels::{Float, LengthError, Pool};

/// A pool, as it is told.
#[derive(Clone, Copy, Debug)]
struct Given {
    image: [usize; 2],
    kernel: [usize; 2],
    stride: [usize; 2],
    padding: [usize; 2],
    dilation: [usize; 2],
}

impl Given {
    fn pool(&self) -> Option<Pool> {
        let Given { image, kernel, .. } = *self;
        Pool::new(image, kernel, self.stride, self.padding, self.dilation)
    }

    /// The pixels under the window at a place, in order, nothing where it is over padding.
    fn pixels(&self, place: [usize; 2]) -> Vec<Option<usize>> {
        let entries = (0..self.kernel[0]).flat_map(|i| (0..self.kernel[1]).map(move |j| [i, j]));
        let pixel = |entry: [usize; 2]| {
            let [row, column] = [0, 1].map(|axis| {
                let at = place[axis] * self.stride[axis] + entry[axis] * self.dilation[axis];
                let pixel = at.checked_sub(self.padding[axis])?;
                (pixel < self.image[axis]).then_some(pixel)
            });
            Some(row? * self.image[1] + column?)
        };
        entries.map(pixel).collect()
    }
}

trait Bits: Float + From<f32> + Into<f64> {}
impl<T: Float + From<f32> + Into<f64>> Bits for T {}

/// Every bit, but that all NaN are one.
fn bits<T: Bits>(x: &[T]) -> Vec<u64> {
    let bits = |x: f64| if x.is_nan() { 1 } else { x.to_bits() };
    x.iter().map(|&x| bits(x.into())).collect()
}

fn largest<T: Bits>(entries: &[T]) -> T {
    let is_nan = |x: T| x.partial_cmp(&x).is_none();
    let better = |x: T, y: T| is_nan(x) || (x >= y && !is_nan(y));
    let joined = entries
        .iter()
        .copied()
        .reduce(|x, y| if better(x, y) { x } else { y });
    joined.expect("a window has entries")
}

/// `of` makes a random number of another.
fn check<T: Bits>(given: Given, images: usize, mut number: impl FnMut() -> f32) {
    let pool = given.pool().expect("it fits");
    let [rows, columns] = pool.places();
    let (pixels, places) = (given.image[0] * given.image[1], rows * columns);
    let mut numbers = |count: usize| -> Vec<T> { (0..count).map(|_| number().into()).collect() };
    let (x, dy) = (numbers(images * pixels), numbers(images * places));
    let mut pooled = [vec![T::ONE; images * places], vec![T::ONE; images * places]];
    let mut gradients = [vec![T::ONE; x.len()], vec![T::ONE; x.len()]];
    let mut held = vec![<T as From<f32>>::from(f32::NAN); pool.held()];
    assert_eq!(pool.max(&x, &mut pooled[0], &mut held), Ok(()));
    assert_eq!(pool.sum(&x, &mut pooled[1], &mut held), Ok(()));
    let read = [&x[..], &pooled[0], &dy];
    assert_eq!(
        pool.max_gradient(read, &mut gradients[0], &mut held),
        Ok(())
    );
    assert_eq!(pool.sum_gradient(&dy, &mut gradients[1], &mut held), Ok(()));

    let mut expected = [Vec::new(), Vec::new()];
    let mut of_entries = vec![[T::ZERO; 2]; images * places * given.kernel[0] * given.kernel[1]];
    let size = given.kernel[0] * given.kernel[1];
    for image in 0..images {
        for place in 0..places {
            let under = given.pixels([place / columns, place % columns]);
            let at = |pixel: &Option<usize>, padding: T| {
                pixel.map_or(padding, |pixel| x[image * pixels + pixel])
            };
            let lowest = -(T::ONE / T::ZERO);
            let entries: Vec<T> = under.iter().map(|pixel| at(pixel, lowest)).collect();
            let most = largest(&entries);
            expected[0].push(most);
            let terms = under.iter().map(|pixel| at(pixel, T::ZERO));
            expected[1].push(terms.fold(T::ZERO, |sum, x| sum + x));
            let shares = entries
                .iter()
                .map(|&x| T::ONE - if most - x > T::ZERO { T::ONE } else { T::ZERO });
            let shares: Vec<T> = shares.collect();
            let total = shares.iter().fold(T::ZERO, |sum, &x| sum + x);
            for (entry, share) in shares.into_iter().enumerate() {
                let dy = dy[image * places + place];
                of_entries[(image * places + place) * size + entry] = [share / total * dy, dy];
            }
        }
    }
    let mut of_images = [vec![T::ZERO; x.len()], vec![T::ZERO; x.len()]];
    for image in 0..images {
        for entry in 0..size {
            for place in 0..places {
                let under = given.pixels([place / columns, place % columns])[entry];
                let Some(pixel) = under else { continue };
                let more = of_entries[(image * places + place) * size + entry];
                for (sums, more) in of_images.iter_mut().zip(more) {
                    sums[image * pixels + pixel] = sums[image * pixels + pixel] + more;
                }
            }
        }
    }
    for i in 0..2 {
        assert_eq!(
            bits(&pooled[i]),
            bits(&expected[i]),
            "{i} of {given:?} {x:?}"
        );
        assert_eq!(
            bits(&gradients[i]),
            bits(&of_images[i]),
            "gradient {i} of {given:?} {x:?}"
        );
    }
}

/// Numbers of which many are equal, or with infinities and NaN among them.
fn numbers(seed: u64, kind: u64) -> impl FnMut() -> f32 {
    let mut state = seed;
    move || {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        let random = state >> 33;
        match (kind, random % 9) {
            (1, 0) => f32::INFINITY,
            (1 | 2, 1 | 2) => f32::NEG_INFINITY,
            (1, 3) => f32::NAN,
            (2, _) => f32::NEG_INFINITY,
            (3, 0..5) => -0.0,
            (3, _) => 0.0,
            (_, small) if random.is_multiple_of(2) => small as f32 - 4.5,
            _ => random as f32 / 1e9 - 1.1,
        }
    }
}

fn each(given: Given) {
    if given.pool().is_none() {
        return;
    }
    for kind in 0..4 {
        check::<f32>(given, 3, numbers(kind + 5, kind));
        check::<f64>(given, 2, numbers(kind + 6, kind));
    }
}

#[test]
fn usual_pools() {
    for image in [
        [24, 24],
        [8, 8],
        [7, 9],
        [5, 37],
        [2, 2],
        [3, 3],
        [6, 1],
        [1, 6],
    ] {
        for (kernel, stride, padding) in [
            ([2, 2], [2, 2], [0, 0]),
            ([3, 3], [1, 1], [0, 0]),
            ([3, 3], [1, 1], [1, 1]),
            ([3, 3], [2, 2], [1, 1]),
            ([3, 3], [2, 2], [0, 0]),
            ([2, 2], [2, 2], [1, 1]),
            (image, [1, 1], [0, 0]),
        ] {
            each(Given {
                image,
                kernel,
                stride,
                padding,
                dilation: [1, 1],
            });
        }
    }
}

/// Strides beyond the kernel, one row or column, padding beyond the kernel, entries apart.
#[test]
fn odd_pools() {
    for image in [[4, 5], [6, 3], [1, 1], [9, 20]] {
        for kernel in [[1, 1], [2, 3], [3, 1]] {
            for stride in [[1, 2], [2, 1], [3, 3], [2, 5]] {
                for padding in [[0, 0], [1, 0], [0, 2], [3, 3]] {
                    for dilation in [[1, 1], [2, 3]] {
                        each(Given {
                            image,
                            kernel,
                            stride,
                            padding,
                            dilation,
                        });
                    }
                }
            }
        }
    }
}

/// More images than are pooled at once.
#[test]
fn many_images() {
    let given = Given {
        image: [8, 6],
        kernel: [2, 2],
        stride: [2, 2],
        padding: [0, 0],
        dilation: [1, 1],
    };
    check::<f32>(given, 200, numbers(3, 0));
    check::<f64>(given, 171, numbers(3, 1));
}

#[test]
fn what_does_not_fit_is_refused() {
    let one = [1, 1];
    assert_eq!(Pool::new([2, 2], [3, 1], one, [0, 0], one), None);
    for at in 0..4 {
        let mut all = [[2, 2], one, one, one];
        all[at] = [0, 1];
        assert_eq!(Pool::new(all[0], all[1], all[2], [0, 0], all[3]), None);
    }
    let huge = [usize::MAX / 2, usize::MAX / 2];
    assert_eq!(Pool::new(huge, one, one, [0, 0], one), None);
    assert_eq!(Pool::new(one, one, one, huge, one), None);
    let pool = Pool::new([2, 2], [2, 2], one, [0, 0], one).expect("it fits");
    let refused = |expected, got| Err(LengthError { expected, got });
    let mut held = vec![0.0; pool.held()];
    assert_eq!(pool.max(&[1.0; 5], &mut [0.0], &mut held), refused(4, 5));
    assert_eq!(pool.sum(&[1.0; 8], &mut [0.0], &mut held), refused(2, 1));
}
