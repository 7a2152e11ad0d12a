//! A text that two shapes share exactly if they admit the same documents: a key for maps.

use crate::schema::Shape;
use std::fmt::Write;

/// The text of a shape; documentation, positions and names of literals do not count.
pub(super) fn fingerprint(shape: &Shape) -> String {
    let mut text = String::new();
    write(shape, &mut text);
    text
}

fn write(shape: &Shape, out: &mut String) {
    match shape {
        Shape::Literal(literal) => put(out, format_args!("{}", literal.value)),
        Shape::Template(template) => put(out, format_args!("`{:?}{:?}", template.texts, template.holes)),
        Shape::Array(item) => {
            out.push_str("[]");
            write(item, out);
        }
        Shape::Tuple(places) => {
            out.push('[');
            for place in places {
                put(out, format_args!("{:?}{}{}", place.name, place.optional, place.rest));
                write(&place.shape, out);
                out.push(',');
            }
            out.push(']');
        }
        Shape::Record(record) => {
            put(out, format_args!("{{{:?} ", record.class));
            for property in &record.properties {
                put(out, format_args!("{:?}{}", property.name, if property.optional { "?:" } else { ":" }));
                write(&property.shape, out);
                out.push(';');
            }
            for index in &record.indexes {
                out.push('[');
                write(&index.key, out);
                out.push(']');
                write(&index.value, out);
            }
            out.push('}');
        }
        Shape::Enum(members) => {
            put(out, format_args!("enum{:?}", members.iter().map(|it| &it.value).collect::<Vec<_>>()))
        }
        Shape::Union(arms) => {
            out.push('(');
            for arm in arms {
                write(arm, out);
                out.push('|');
            }
            out.push(')');
        }
        Shape::GenericRef(def, args) => {
            put(out, format_args!("#{}<", def.0));
            args.iter().for_each(|arg| write(arg, out));
            out.push('>');
        }
        plain => put(out, format_args!("{plain:?}")),
    }
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("writing to a string cannot fail");
}
