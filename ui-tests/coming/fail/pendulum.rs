use cotangent::prelude::*;

graph! {
    struct Motion { angle: [], speed: [] }

    fn step(s: Motion, torque: []) -> (Motion, []) {
        let speed = s.speed + (torque - sin(s.angle)) * 0.1;
        let angle = s.angle + speed * 0.1;
        (Motion { angle, speed }, angle)
    }
    fn cost(torques: [50, 2]; start: Motion) -> [] {
        let (last, _) = scan(step)(start, torques);
        square(last.angle - { std::f64::consts::PI }) + square(last.speed) + sum(square(torques)) * 0.001
    }
}

fn main() {
    cost::<f64>();
}
