//! The model in short, for assertions. Like TypeScript, with marks where the model knows more: `T#0` is a type
//! parameter with its handle, `Name!` a name of the library, `typeof [a].b` a path into what `a` resolves to.

use crate::model::{
    ArgumentDef, DefId, FunctionTy, Keyword, Member, Model, Modifier, PropertyDef, PropertyKey, TemplateTy,
    TupleElement, Ty, TypeOf, TypeParam, Visibility,
};

pub(super) struct Show<'m>(pub &'m Model);

impl Show<'_> {
    pub fn ty(&self, ty: &Ty) -> String {
        match ty {
            Ty::Keyword(keyword) => show_keyword(*keyword).to_owned(),
            Ty::Literal(literal) => literal.to_string(),
            Ty::Array(element) => format!("({})[]", self.ty(element)),
            Ty::Tuple(elements) => format!("[{}]", self.list(elements, ", ", |element| self.element(element))),
            Ty::Object(object) => format!("{{ {} }}", self.list(&object.members, "; ", |member| self.member(member))),
            Ty::Ref(reference) => {
                let member = reference.member.iter().map(|member| format!(".{member}")).collect::<String>();
                format!("{}{member}{}", self.name(reference.def), self.args(&reference.args))
            }
            Ty::Param(id) => format!("#{}", id.0),
            Ty::Union(arms) => format!("({})", self.list(arms, " | ", |arm| self.ty(&arm.ty))),
            Ty::Intersection(parts) => format!("({})", self.list(parts, " & ", |part| self.ty(part))),
            Ty::Keyof(ty) => format!("keyof {}", self.ty(ty)),
            Ty::Indexed(object, index) => format!("{}[{}]", self.ty(object), self.ty(index)),
            Ty::Conditional(ty) => format!(
                "({} extends {} ? {} : {})",
                self.ty(&ty.check),
                self.ty(&ty.extends),
                self.ty(&ty.then),
                self.ty(&ty.otherwise)
            ),
            Ty::Infer(param) => format!("infer {}", self.param(param)),
            Ty::Mapped(ty) => {
                let rename = ty.rename.iter().map(|ty| format!(" as {}", self.ty(ty))).collect::<String>();
                let mark = show_modifier(ty.optional);
                format!("{{ [{}{rename}]{mark}: {} }}", self.param(&ty.param), self.ty(&ty.value))
            }
            Ty::Template(template) => self.template(template),
            Ty::TypeOf(value) => self.type_of(value),
            Ty::Function(function) => self.function(function, " => "),
            Ty::Constructor(function) => format!("new {}", self.function(function, " => ")),
            Ty::This => "this".to_owned(),
            Ty::Namespace(names) => format!("namespace {{ {} }}", self.list(names, ", ", |(name, _)| name.clone())),
            Ty::Library(library) => format!("{}!{}", library.name, self.args(&library.args)),
        }
    }

    pub fn member(&self, member: &Member) -> String {
        match member {
            Member::Property(property) => self.property(property),
            Member::Method(method) => {
                let mark = if method.optional { "?" } else { "" };
                let key = show_key(&method.key);
                format!("{}{key}{mark}{}", show_visibility(method.visibility), self.function(&method.function, ": "))
            }
            Member::Index(index) => format!("[{}]: {}", self.ty(&index.key), self.ty(&index.value)),
            Member::Call(function) => self.function(function, ": "),
            Member::Construct(function) => format!("new {}", self.function(function, ": ")),
        }
    }

    pub fn param(&self, param: &TypeParam) -> String {
        let constraint = param.constraint.iter().map(|ty| format!(" extends {}", self.ty(ty))).collect::<String>();
        let default = param.default.iter().map(|ty| format!(" = {}", self.ty(ty))).collect::<String>();
        format!("{}#{}{constraint}{default}", param.name, param.id.0)
    }

    pub fn function(&self, function: &FunctionTy, arrow: &str) -> String {
        let params = match function.params.as_slice() {
            [] => String::new(),
            params => format!("<{}>", self.list(params, ", ", |param| self.param(param))),
        };
        let args = self.list(&function.args, ", ", |arg| self.argument(arg));
        format!("{params}({args}){arrow}{}", self.ty(&function.ret))
    }

    fn property(&self, property: &PropertyDef) -> String {
        let marks = [
            show_visibility(property.visibility),
            if property.accessor { "accessor " } else { "" },
            if property.readonly { "readonly " } else { "" },
        ];
        let mark = if property.optional { "?" } else { "" };
        format!("{}{}{mark}: {}", marks.concat(), show_key(&property.key), self.ty(&property.ty))
    }

    fn argument(&self, argument: &ArgumentDef) -> String {
        let rest = if argument.rest { "..." } else { "" };
        let mark = if argument.optional { "?" } else { "" };
        format!("{rest}{}{mark}: {}", argument.name, self.ty(&argument.ty))
    }

    fn element(&self, element: &TupleElement) -> String {
        let name = element.name.iter().map(|name| format!("{name}: ")).collect::<String>();
        let rest = if element.rest { "..." } else { "" };
        let mark = if element.optional { "?" } else { "" };
        format!("{rest}{name}{}{mark}", self.ty(&element.ty))
    }

    fn template(&self, template: &TemplateTy) -> String {
        let mut text = String::from("`");
        for (index, part) in template.texts.iter().enumerate() {
            text.push_str(part);
            if let Some(ty) = template.types.get(index) {
                text.push_str(&format!("${{{}}}", self.ty(ty)));
            }
        }
        text + "`"
    }

    fn type_of(&self, value: &TypeOf) -> String {
        let defs = self.list(&value.defs, ", ", |def| self.name(*def));
        let path = value.path.iter().map(|name| format!(".{name}")).collect::<String>();
        format!("typeof [{defs}]{path}{}", self.args(&value.args))
    }

    fn name(&self, def: DefId) -> String {
        self.0.def(def).name.clone()
    }

    fn args(&self, args: &[Ty]) -> String {
        if args.is_empty() { String::new() } else { format!("<{}>", self.list(args, ", ", |ty| self.ty(ty))) }
    }

    fn list<T>(&self, items: &[T], separator: &str, show: impl Fn(&T) -> String) -> String {
        items.iter().map(show).collect::<Vec<_>>().join(separator)
    }
}

fn show_keyword(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::Any => "any",
        Keyword::Unknown => "unknown",
        Keyword::Never => "never",
        Keyword::Undefined => "undefined",
        Keyword::Null => "null",
        Keyword::Void => "void",
        Keyword::String => "string",
        Keyword::Number => "number",
        Keyword::Boolean => "boolean",
        Keyword::BigInt => "bigint",
        Keyword::Symbol => "symbol",
        Keyword::Object => "object",
    }
}

fn show_modifier(modifier: Modifier) -> &'static str {
    match modifier {
        Modifier::Keep => "",
        Modifier::Add => "?",
        Modifier::Remove => "-?",
    }
}

fn show_visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Public => "",
        Visibility::Protected => "protected ",
        Visibility::Private => "private ",
    }
}

fn show_key(key: &PropertyKey) -> String {
    match key {
        PropertyKey::Name(name) | PropertyKey::Member(name, ..) => name.clone(),
        PropertyKey::Number(number) => number.to_string(),
        PropertyKey::Symbol(name, _) => format!("[{name}]"),
    }
}
