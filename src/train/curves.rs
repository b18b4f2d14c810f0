//! Curves as a drawing.

use plotters::prelude::*;
use std::collections::BTreeMap;

/// The width and the height of a drawing.
const SIZE: (u32, u32) = (620, 360);
const COLOURS: [RGBColor; 4] = [
    RGBColor(21, 101, 192),
    RGBColor(216, 67, 21),
    RGBColor(46, 125, 50),
    RGBColor(106, 27, 154),
];

/// Curves over the steps, each with its name, as SVG. What is not finite is left out.
pub(super) fn curves(title: &str, curves: &BTreeMap<&str, Vec<(f64, f64)>>) -> String {
    let mut svg = String::new();
    // Drawing into a text fails only where a size is nothing.
    let _ = draw(&mut svg, title, curves);
    svg
}

fn draw(
    svg: &mut String,
    title: &str,
    curves: &BTreeMap<&str, Vec<(f64, f64)>>,
) -> Result<(), Box<dyn core::error::Error>> {
    let area = SVGBackend::with_string(svg, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let is_finite = |&(x, y): &(f64, f64)| x.is_finite() && y.is_finite();
    let points = || curves.values().flatten().copied().filter(is_finite);
    let range = |of: fn(&(f64, f64)) -> f64| {
        let values = || points().map(|point| of(&point));
        let (low, high) = (
            values().fold(f64::INFINITY, f64::min),
            values().fold(f64::NEG_INFINITY, f64::max),
        );
        match (high - low) / 20.0 {
            margin if margin > 0.0 => low - margin..high + margin,
            _ if low.is_finite() => low - 0.5..high + 0.5,
            _ => 0.0..1.0,
        }
    };
    let mut chart = ChartBuilder::on(&area)
        .caption(title, ("sans-serif", 18))
        .margin(10)
        .x_label_area_size(34)
        .y_label_area_size(56)
        .build_cartesian_2d(range(|p| p.0), range(|p| p.1))?;
    chart
        .configure_mesh()
        .x_desc("step")
        .x_label_formatter(&|step| format!("{step:.0}"))
        .light_line_style(WHITE)
        .draw()?;
    for ((name, curve), colour) in curves.iter().zip(COLOURS.iter().cycle()) {
        let points = curve.iter().copied().filter(is_finite);
        let series = LineSeries::new(points, colour.stroke_width(2));
        let key = |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2));
        chart.draw_series(series)?.label(*name).legend(key);
    }
    chart
        .configure_series_labels()
        .background_style(WHITE.mix(0.8))
        .border_style(BLACK.mix(0.2))
        .draw()?;
    area.present()?;
    Ok(())
}
