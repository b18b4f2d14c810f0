use cotangent::prelude::*;

graph! {
    fn strange(x: [3]) -> [3] {
        let a = match x { _ => x };
        let b = while true {};
        let c = unsafe { x };
        let d = async { x };
        let e = Model { ..x };
        let f = 0..2;
        let g = "x";
        let h = { x };
        let i = 'outer: loop {};
        let j = *x;
        relu(a + b + c + d + e + f + g + h + i + j)
    }
}

fn main() {
    strange::<f32>();
}
