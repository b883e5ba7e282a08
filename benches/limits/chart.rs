//! A line chart as SVG.

use std::fmt::Write as _;

/// A line: its name, its colour, and points (x, y).
pub struct Line {
    pub name: &'static str,
    pub colour: &'static str,
    pub points: Vec<(f64, f64)>,
}

/// The plot area, in the units of the drawing.
const LEFT: f64 = 70.0;
const TOP: f64 = 40.0;
const WIDTH: f64 = 500.0;
const HEIGHT: f64 = 260.0;

/// Both axes start at zero, so that the heights of two points can be compared.
pub fn svg(title: &str, x_axis: &str, y_axis: &str, lines: &[Line]) -> String {
    let points = || lines.iter().flat_map(|line| &line.points);
    let most_x = points().map(|(x, _)| *x).fold(0.0, f64::max);
    let most_y = points().map(|(_, y)| *y).fold(0.0, f64::max) * 1.2;
    let at_x = |x: f64| LEFT + x / most_x * WIDTH;
    let at_y = |y: f64| TOP + HEIGHT - y / most_y * HEIGHT;
    let (right, bottom) = (LEFT + WIDTH, TOP + HEIGHT);
    let middle = LEFT + WIDTH / 2.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 640 370\" \
         font-family=\"sans-serif\" font-size=\"13\" fill=\"#333\">\n\
         <rect width=\"640\" height=\"370\" fill=\"#fff\"/>\n\
         <text x=\"{middle}\" y=\"22\" text-anchor=\"middle\" font-size=\"15\">{title}</text>\n\
         <text x=\"{middle}\" y=\"355\" text-anchor=\"middle\">{x_axis}</text>\n\
         <text x=\"18\" y=\"170\" text-anchor=\"middle\" transform=\"rotate(-90 18 170)\">{y_axis}</text>\n\
         <path d=\"M{LEFT} {TOP}V{bottom}H{right}\" fill=\"none\" stroke=\"#333\"/>\n"
    );
    // Writing to a String cannot fail.
    for part in 1..=4 {
        let y = most_y * f64::from(part) / 4.0;
        let (at, label) = (at_y(y), at_y(y) + 4.0);
        _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {at:.1}H{right}\" stroke=\"#ddd\"/>\
             <text x=\"62\" y=\"{label:.1}\" text-anchor=\"end\">{y:.2}</text>"
        );
    }
    for (x, _) in lines.first().map(|line| line.points.as_slice()).unwrap_or_default() {
        _ = writeln!(
            svg,
            "<text x=\"{:.1}\" y=\"{}\" text-anchor=\"middle\">{x}</text>",
            at_x(*x),
            bottom + 20.0
        );
    }
    for (index, Line { name, colour, points }) in lines.iter().enumerate() {
        let path: Vec<_> =
            points.iter().map(|(x, y)| format!("{:.1},{:.1}", at_x(*x), at_y(*y))).collect();
        _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\"/>",
            path.join(" ")
        );
        for (x, y) in points {
            _ = writeln!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"{colour}\"/>",
                at_x(*x),
                at_y(*y)
            );
        }
        let y = bottom - 34.0 + 20.0 * f64::from(u8::try_from(index).unwrap());
        _ = writeln!(
            svg,
            "<path d=\"M{} {y}h30\" stroke=\"{colour}\" stroke-width=\"2.5\"/>\
             <text x=\"{}\" y=\"{}\">{name}</text>",
            right - 200.0,
            right - 162.0,
            y + 4.0
        );
    }
    svg.push_str("</svg>\n");
    svg
}
