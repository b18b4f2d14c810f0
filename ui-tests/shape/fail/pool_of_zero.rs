use cotangent::shape::PoolWindow;

fn main() {
    PoolWindow::of::<2, 0>();
}
