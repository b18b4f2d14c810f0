//! Shortest paths by matrix products over the min-plus semiring, and from one cotangent the roads that are on them.
//!
//! `cargo run --release --example shortest_paths` compares all 40,000 distances to those of `petgraph`, prints a map
//! and writes it as SVG. `town.rs` makes the town, `ways.rs` has the graph, `picture.rs` draws.

mod picture;
mod town;
mod ways;

use cotangent::dim::N;
use petgraph::algo::dijkstra;
use picture::Picture;
use std::collections::HashSet;
use std::error::Error;
use town::{EXTENT, PLACES, Place, Town};

fn main() -> Result<(), Box<dyn Error>> {
    let town = Town::new(1);
    let steps = ways::steps::<N<PLACES>>(town.roads_in_metres());
    let [a, b] = [town.nearest([0, EXTENT[1]]), town.nearest([EXTENT[0], 0])];
    let [lengths, completions] = ways::shortest(&steps, a, b);

    for source in town.roads.node_indices() {
        let expected = dijkstra(&town.roads, source, None, |road| *road.weight());
        for target in town.roads.node_indices() {
            let length = lengths[[source.index(), target.index()]].value();
            assert_eq!(Some(length), expected.get(&target).copied().map(f64::from));
        }
    }
    println!(
        "{PLACES} places, {} roads by direction; all {} distances are those of petgraph\n",
        town.roads.edge_count(),
        PLACES * PLACES
    );

    let corners: [(&str, Place); 5] = [
        ("north-west", [0, 0]),
        ("north-east", [EXTENT[0], 0]),
        ("centre", EXTENT.map(|extent| extent / 2)),
        ("south-west", [0, EXTENT[1]]),
        ("south-east", EXTENT),
    ];
    print!("{:12}", "metres");
    for (name, _) in corners {
        print!("{name:>12}");
    }
    println!();
    for (name, from) in corners {
        print!("{name:12}");
        for (_, to) in corners {
            print!("{:12}", lengths[[town.nearest(from), town.nearest(to)]]);
        }
        println!();
    }

    let length = lengths[[a, b]];
    let marked = ways::on_the_way(&steps, &completions, length);
    let marked: HashSet<_> = marked.into_iter().filter(|(u, v)| u != v).collect();
    println!(
        "\nfrom A to B: {length} m, by the {} roads that their cotangent completes to {length} m\n",
        marked.len()
    );
    let picture = Picture {
        town: &town,
        marked: &marked,
        ends: [a, b],
    };
    print!("{picture}");
    let file = std::env::current_exe()?.with_extension("svg"); // in the target directory
    std::fs::write(&file, picture.svg()?)?;
    println!("\nthe same map: {}", file.display());
    Ok(())
}
