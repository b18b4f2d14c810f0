//! A town: places scattered in the plane, and roads between neighbours. Not a real one, but with the roads of one:
//! no two cross, each place can be reached from each, and some roads are one-way.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

/// How many places.
pub const PLACES: usize = 200;
/// The extent of the town from west to east and from north to south, in metres.
pub const EXTENT: [i32; 2] = [3_000, 1_600];
/// No two places are nearer than this.
const APART: i64 = 70;

/// A place, in metres from the north-west corner.
pub type Place = [i32; 2];

/// Places, and roads with their lengths in metres. A road for both directions is there twice.
pub struct Town {
    pub places: Vec<Place>,
    pub roads: DiGraph<(), u32>,
}

fn square_of_distance(a: Place, b: Place) -> i64 {
    let [dx, dy] = [a[0] - b[0], a[1] - b[1]].map(i64::from);
    dx * dx + dy * dy
}

impl Town {
    /// The town of a seed.
    pub fn new(seed: u64) -> Self {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut places: Vec<Place> = Vec::new();
        while places.len() < PLACES {
            let place = EXTENT.map(|extent| rng.i32(0..=extent));
            let free = |&other: &Place| square_of_distance(place, other) >= APART * APART;
            if places.iter().all(free) {
                places.push(place);
            }
        }
        let mut roads = DiGraph::new();
        let nodes: Vec<NodeIndex> = places.iter().map(|_| roads.add_node(())).collect();
        let mut pairs = Vec::new();
        for (u, v) in neighbours(&places) {
            // Whole metres, rounded up, so that no road is shorter than the straight line.
            let length = (square_of_distance(places[u], places[v]) as f64)
                .sqrt()
                .ceil() as u32;
            roads.add_edge(nodes[u], nodes[v], length);
            roads.add_edge(nodes[v], nodes[u], length);
            pairs.push((nodes[u], nodes[v], length));
        }
        // Every fifth road is one-way, unless a place could then not be reached from another.
        for (u, v, length) in pairs.into_iter().step_by(5) {
            let (u, v) = if rng.bool() { (u, v) } else { (v, u) };
            let back = roads.find_edge(v, u);
            back.and_then(|back| roads.remove_edge(back));
            if kosaraju_scc(&roads).len() > 1 {
                roads.add_edge(v, u, length);
            }
        }
        Town { places, roads }
    }

    /// Where each road begins and ends, and its length.
    pub fn roads_in_metres(&self) -> impl Iterator<Item = (usize, usize, f64)> {
        let roads = self.roads.edge_references();
        roads.map(|road| {
            (
                road.source().index(),
                road.target().index(),
                f64::from(*road.weight()),
            )
        })
    }

    /// The place nearest to a point.
    pub fn nearest(&self, point: Place) -> usize {
        let distance = |&u: &usize| square_of_distance(self.places[u], point);
        (0..self.places.len()).min_by_key(distance).unwrap_or(0)
    }
}

/// The relative neighbourhood graph (Toussaint, 1980): two places are neighbours if no third is nearer to both than
/// they are to each other. It is planar, and it contains a shortest spanning tree, so it is connected.
fn neighbours(places: &[Place]) -> impl Iterator<Item = (usize, usize)> {
    let pairs = (0..places.len()).flat_map(|u| (0..u).map(move |v| (u, v)));
    pairs.filter(|&(u, v)| {
        let (a, b) = (places[u], places[v]);
        let apart = square_of_distance(a, b);
        let nearer = |&c: &Place| square_of_distance(a, c).max(square_of_distance(c, b)) < apart;
        !places.iter().any(nearer)
    })
}
