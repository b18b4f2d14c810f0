//! The shortest paths example: its town is what it says, and its distances and roads are those of petgraph.

#[allow(dead_code)]
#[path = "../../examples/shortest_paths/picture.rs"]
mod picture;
#[path = "../../examples/shortest_paths/town.rs"]
mod town;
#[path = "../../examples/shortest_paths/ways.rs"]
mod ways;

use cotangent::prelude::*;
use petgraph::algo::{astar, connected_components, dijkstra, kosaraju_scc};
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::collections::HashSet;
use town::{EXTENT, PLACES, Place, Town};

type Roads = HashSet<(usize, usize)>;

/// From and to, as coordinates.
fn ends(town: &Town, road: (usize, usize)) -> [Place; 2] {
    [town.places[road.0], town.places[road.1]]
}

/// Which side of the line from `a` to `b` a point is on.
fn side([a, b]: [Place; 2], c: Place) -> i64 {
    let [x, y] = [0, 1].map(|i| i64::from(b[i] - a[i]));
    let [to_x, to_y] = [0, 1].map(|i| i64::from(c[i] - a[i]));
    (x * to_y - y * to_x).signum()
}

#[test]
fn the_town() {
    let town = Town::new(1);
    assert_eq!(town.places.len(), PLACES);
    assert_eq!(kosaraju_scc(&town.roads).len(), 1, "each place is reached");
    assert_eq!(connected_components(&town.roads), 1);
    let inside = |p: &Place| (0..=EXTENT[0]).contains(&p[0]) && (0..=EXTENT[1]).contains(&p[1]);
    assert!(town.places.iter().all(inside));

    let mut streets = Roads::new();
    let mut one_way = 0;
    for road in town.roads.edge_references() {
        let (u, v) = (road.source().index(), road.target().index());
        let [a, b] = ends(&town, (u, v));
        let straight = f64::from(a[0] - b[0]).hypot(f64::from(a[1] - b[1]));
        let length = f64::from(*road.weight());
        assert!(
            (straight..straight + 1.0).contains(&length),
            "{straight} {length}"
        );
        let back = town.roads.find_edge(road.target(), road.source());
        one_way += usize::from(back.is_none());
        assert!(streets.insert((u, v)), "parallel roads");
    }
    assert!(one_way > 20, "{one_way} roads are one-way");
    for &one in &streets {
        for &other in &streets {
            let (p, q) = (ends(&town, one), ends(&town, other));
            let apart = side(p, q[0]) * side(p, q[1]) >= 0 || side(q, p[0]) * side(q, p[1]) >= 0;
            assert!(apart, "{one:?} crosses {other:?}");
        }
    }
}

#[test]
fn all_lengths_and_the_roads_on_the_way() {
    let town = Town::new(1);
    let roads: Vec<_> = town
        .roads
        .edge_references()
        .map(|road| (road.source().index(), road.target().index(), *road.weight()))
        .collect();
    let steps = ways::steps::<N<PLACES>>(town.roads_in_metres());
    let [a, b] = [town.nearest([0, EXTENT[1]]), town.nearest([EXTENT[0], 0])];
    let [lengths, completions] = ways::shortest(&steps, a, b);

    let node = NodeIndex::new;
    let by_petgraph = |source| dijkstra(&town.roads, node(source), None, |road| *road.weight());
    let expected: Vec<_> = (0..PLACES).map(by_petgraph).collect();
    for (source, expected) in expected.iter().enumerate() {
        for target in 0..PLACES {
            let length = lengths[[source, target]].value();
            assert_eq!(
                length,
                f64::from(expected[&node(target)]),
                "{source} to {target}"
            );
        }
    }

    // The cotangent of every step, on the way or not: what the rest of the best way through it is long.
    let distance = |u: usize, v: usize| expected[u][&node(v)];
    for u in 0..PLACES {
        for v in 0..PLACES {
            let rest = f64::from(distance(a, u) + distance(v, b));
            assert_eq!(completions[[u, v]].value(), rest, "{u} to {v}");
        }
    }

    // So the marked roads are those on a shortest way, and the way that petgraph finds is among them.
    let marked = ways::on_the_way(&steps, &completions, lengths[[a, b]]);
    let (stays, marked): (Roads, Roads) = marked.into_iter().partition(|(u, v)| u == v);
    let through = |&&(u, v, length): &&(usize, usize, u32)| {
        distance(a, u) + length + distance(v, b) == distance(a, b)
    };
    let on: Roads = roads
        .iter()
        .filter(through)
        .map(|&(u, v, _)| (u, v))
        .collect();
    assert_eq!(marked, on);
    let goal = |place| place == node(b);
    let way = astar(&town.roads, node(a), goal, |road| *road.weight(), |_| 0);
    let (length, way) = way.expect("each place is reached");
    assert_eq!(length, distance(a, b));
    assert!(way.len() > 20);
    for road in way.windows(2) {
        assert!(marked.contains(&(road[0].index(), road[1].index())));
    }
    // A step that stays marks its place.
    assert!(
        way.iter()
            .all(|place| stays.contains(&(place.index(), place.index())))
    );
}

/// Two shortest ways from 0 to 3, a longer one, and a road that is no use.
#[test]
fn two_shortest_ways() {
    let roads = [
        (0, 1, 2.0),
        (1, 3, 3.0),
        (0, 2, 4.0),
        (2, 3, 1.0),
        (0, 3, 6.0),
        (3, 0, 1.0),
    ];
    let steps = ways::steps::<N<4>>(roads);
    let [lengths, completions] = ways::shortest(&steps, 0, 3);
    assert_eq!(
        lengths.to_string(),
        "[[0, 2, 4, 5],\n [4, 0, 8, 3],\n [2, 4, 0, 1],\n [1, 3, 5, 0]]"
    );
    let on = ways::on_the_way(&steps, &completions, lengths[[0, 3]]);
    let on: Vec<_> = on.into_iter().filter(|(u, v)| u != v).collect();
    assert_eq!(on, [(0, 1), (0, 2), (1, 3), (2, 3)]);
}

/// Where there is no way, the length is ∞, and nothing is on the way.
#[test]
fn no_way() {
    let steps = ways::steps::<N<3>>([(0, 1, 2.0), (2, 1, 1.0)]);
    let [lengths, completions] = ways::shortest(&steps, 0, 2);
    assert_eq!(lengths.to_string(), "[[0, 2, ∞],\n [∞, 0, ∞],\n [∞, 1, 0]]");
    assert_eq!(ways::on_the_way(&steps, &completions, lengths[[0, 2]]), []);
}

#[test]
fn the_pictures() -> Result<(), std::fmt::Error> {
    let town = Town::new(1);
    let road = town
        .roads
        .edge_references()
        .next()
        .expect("there are roads");
    let marked = Roads::from([(road.source().index(), road.target().index())]);
    let picture = picture::Picture {
        town: &town,
        marked: &marked,
        ends: [0, 1],
    };
    let svg = picture.svg()?;
    assert_eq!(svg.matches(r#"class="marked"#).count(), 1);
    assert_eq!(svg.matches("<circle").count(), PLACES + 2);
    let text = picture.to_string();
    assert_eq!(text.lines().count(), 21);
    assert!(text.lines().all(|line| line.chars().count() <= 76));
    assert!(text.contains('A') && text.contains('B') && text.contains('█'));
    Ok(())
}
