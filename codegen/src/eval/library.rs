//! What the types of TypeScript's library and of the platform are on the wire, as a table.

use crate::schema::{Fallback, LibraryShape, NotData};

/// What a library type is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// What it wraps: its first argument.
    Transparent,
    /// A value with a JSON form of its own.
    Value(LibraryShape),
    /// No JSON document holds it.
    NotData(NotData),
    /// Its JSON form is not known.
    Untyped(Fallback),
    /// An array of its first argument.
    Array,
    /// A primitive, as its wrapper object is one in JSON.
    String,
    /// See [`Form::String`].
    Number,
    /// See [`Form::String`].
    Boolean,
    /// An object with any properties.
    AnyObject,
    /// An object of strings, with the names of its properties.
    Fields(&'static [Field]),
    /// An error of the language: its properties can be looked up, but `JSON.stringify` writes none of them.
    Error,
}

impl Form {
    /// Whether a document never holds its properties one by one.
    pub fn is_opaque(self) -> bool {
        matches!(self, Self::Value(_) | Self::NotData(_) | Self::Untyped(_))
    }
}

/// A property of a [`Form::Fields`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub ty: FieldTy,
    /// Whether it may be absent.
    pub optional: bool,
}

/// The type of a [`Field`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldTy {
    /// `string`
    String,
    /// `boolean`
    Boolean,
    /// `string[]`
    Strings,
    /// An array of another library type.
    ArrayOf(&'static str),
}

const fn maybe(name: &'static str, ty: FieldTy) -> Field {
    Field { name, ty, optional: true }
}

const fn must(name: &'static str) -> Field {
    Field { name, ty: FieldTy::String, optional: false }
}

/// RFC 7517 as the Web Cryptography API types it.
const JSON_WEB_KEY: &[Field] = &[
    maybe("alg", FieldTy::String),
    maybe("crv", FieldTy::String),
    maybe("d", FieldTy::String),
    maybe("dp", FieldTy::String),
    maybe("dq", FieldTy::String),
    maybe("e", FieldTy::String),
    maybe("ext", FieldTy::Boolean),
    maybe("k", FieldTy::String),
    maybe("key_ops", FieldTy::Strings),
    maybe("kty", FieldTy::String),
    maybe("n", FieldTy::String),
    maybe("oth", FieldTy::ArrayOf("RsaOtherPrimesInfo")),
    maybe("p", FieldTy::String),
    maybe("q", FieldTy::String),
    maybe("qi", FieldTy::String),
    maybe("use", FieldTy::String),
    maybe("x", FieldTy::String),
    maybe("y", FieldTy::String),
];

const RSA_OTHER_PRIMES: &[Field] =
    &[maybe("d", FieldTy::String), maybe("r", FieldTy::String), maybe("t", FieldTy::String)];

/// What `URL` has beside methods and `searchParams`: it can be looked up, but no document holds it.
pub(super) const URL: &[Field] = &[
    must("hash"),
    must("host"),
    must("hostname"),
    must("href"),
    must("origin"),
    must("password"),
    must("pathname"),
    must("port"),
    must("protocol"),
    must("search"),
    must("username"),
];

/// The data properties of a [`Form::Error`].
pub(super) const ERROR: &[Field] = &[must("name"), must("message"), maybe("stack", FieldTy::String)];

const PLATFORM: Form = Form::NotData(NotData::PlatformType);
const FUNCTION: Form = Form::NotData(NotData::Function);
const BYTES: Form = Form::Untyped(Fallback::LibraryType);

/// A library type that is an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub form: Form,
}

const fn entry(name: &'static str, form: Form) -> Entry {
    Entry { name, form }
}

/// The types that need saying more than that they are of the platform.
const SPECIAL: &[Entry] = &[
    entry("Promise", Form::Transparent),
    entry("PromiseLike", Form::Transparent),
    entry("Array", Form::Array),
    entry("ReadonlyArray", Form::Array),
    entry("ArrayLike", PLATFORM),
    entry("Date", Form::Value(LibraryShape::Date)),
    entry("URL", Form::Value(LibraryShape::Url)),
    entry("String", Form::String),
    entry("Number", Form::Number),
    entry("Boolean", Form::Boolean),
    entry("Object", Form::AnyObject),
    entry("WeakKey", Form::AnyObject),
    entry("JsonWebKey", Form::Fields(JSON_WEB_KEY)),
    entry("RsaOtherPrimesInfo", Form::Fields(RSA_OTHER_PRIMES)),
    entry("Error", Form::Error),
    entry("TypeError", Form::Error),
    entry("RangeError", Form::Error),
    entry("SyntaxError", Form::Error),
    entry("EvalError", Form::Error),
    entry("ReferenceError", Form::Error),
    entry("URIError", Form::Error),
    entry("AggregateError", Form::Error),
    entry("Function", FUNCTION),
    entry("CallableFunction", FUNCTION),
    entry("NewableFunction", FUNCTION),
    entry("PropertyDescriptor", FUNCTION),
    entry("Symbol", Form::NotData(NotData::Symbol)),
    entry("BigInt", Form::NotData(NotData::BigInt)),
    entry("BigInt64Array", Form::NotData(NotData::BigInt)),
    entry("BigUint64Array", Form::NotData(NotData::BigInt)),
    entry("ArrayBuffer", BYTES),
    entry("ArrayBufferLike", BYTES),
    entry("ArrayBufferView", BYTES),
    entry("SharedArrayBuffer", BYTES),
    entry("BufferSource", BYTES),
    entry("Buffer", BYTES),
    entry("DataView", BYTES),
    entry("Uint8Array", BYTES),
    entry("Uint8ClampedArray", BYTES),
    entry("Uint16Array", BYTES),
    entry("Uint32Array", BYTES),
    entry("Int8Array", BYTES),
    entry("Int16Array", BYTES),
    entry("Int32Array", BYTES),
    entry("Float16Array", BYTES),
    entry("Float32Array", BYTES),
    entry("Float64Array", BYTES),
    entry("NodeJS.TypedArray", BYTES),
    entry("NodeJS.ArrayBufferView", BYTES),
    entry("NodeJS.ProcessEnv", Form::AnyObject),
    entry("NodeJS.Dict", Form::AnyObject),
];

/// Types of the language, of browsers, of workers and of Node.js that live objects have and documents do not.
const PLATFORM_TYPES: &str = "
    Map ReadonlyMap Set ReadonlySet WeakMap WeakSet WeakRef FinalizationRegistry RegExp RegExpMatchArray
    RegExpExecArray Iterable Iterator IterableIterator IteratorResult IteratorObject IteratorYieldResult
    IteratorReturnResult ArrayIterator MapIterator SetIterator StringIterator BuiltinIterator AsyncIterable
    AsyncIterator AsyncIterableIterator AsyncIteratorObject Generator GeneratorFunction AsyncGenerator
    AsyncGeneratorFunction Proxy ProxyHandler Reflect JSON Math Atomics Intl TemplateStringsArray IArguments
    PromiseConstructor PromiseConstructorLike ErrorConstructor ErrorOptions DateConstructor ObjectConstructor
    ArrayConstructor StringConstructor NumberConstructor BooleanConstructor FunctionConstructor SymbolConstructor
    MapConstructor SetConstructor RegExpConstructor DecoratorContext ClassDecorator PropertyDecorator MethodDecorator
    ParameterDecorator TypedPropertyDescriptor Disposable AsyncDisposable DisposableStack AsyncDisposableStack
    Intl.NumberFormat Intl.DateTimeFormat Intl.Collator Intl.PluralRules Intl.RelativeTimeFormat Intl.ListFormat
    Intl.Locale Intl.Segmenter Intl.DisplayNames
    Request Response Headers Body FormData URLSearchParams Blob File FileList FileReader ReadableStream
    WritableStream TransformStream ReadableStreamDefaultReader ReadableStreamDefaultController
    ReadableStreamBYOBReader WritableStreamDefaultWriter CompressionStream DecompressionStream TextEncoder
    TextDecoder TextEncoderStream TextDecoderStream AbortSignal AbortController Event EventTarget EventListener
    EventListenerObject EventListenerOrEventListenerObject CustomEvent MessageEvent ErrorEvent CloseEvent
    ProgressEvent MessagePort MessageChannel BroadcastChannel WebSocket EventSource XMLHttpRequest Worker
    SharedWorker ServiceWorker Crypto CryptoKey SubtleCrypto CryptoKeyPair Performance Storage Cache CacheStorage
    FetchEvent ExtendableEvent ExecutionContext Window Document Node Element HTMLElement SVGElement Text
    DocumentFragment ShadowRoot NodeList NodeListOf HTMLCollection HTMLCollectionOf HTMLInputElement
    HTMLButtonElement HTMLFormElement HTMLDivElement HTMLIFrameElement HTMLAnchorElement HTMLImageElement
    HTMLVideoElement HTMLAudioElement HTMLCanvasElement HTMLScriptElement HTMLStyleElement HTMLLinkElement
    HTMLSelectElement HTMLTextAreaElement HTMLSpanElement HTMLElementTagNameMap SVGSVGElement
    HTMLMediaElement HTMLTemplateElement HTMLOptionElement HTMLLabelElement HTMLTableElement HTMLBodyElement
    MouseEvent KeyboardEvent PointerEvent TouchEvent WheelEvent FocusEvent InputEvent DragEvent ClipboardEvent
    UIEvent AnimationEvent TransitionEvent SubmitEvent PopStateEvent HashChangeEvent StorageEvent
    CSSStyleDeclaration CSSStyleSheet StyleSheet MutationObserver IntersectionObserver ResizeObserver
    MutationRecord IntersectionObserverEntry ResizeObserverEntry Range Selection DataTransfer Navigator Location
    History Screen DOMException DOMParser DOMRect DOMRectReadOnly ImageData ImageBitmap OffscreenCanvas
    CanvasRenderingContext2D WebGLRenderingContext WebGL2RenderingContext CanvasGradient CanvasPattern Path2D
    MediaStream MediaStreamTrack MediaRecorder MediaDevices RTCPeerConnection RTCDataChannel AudioContext AudioNode
    AudioBuffer GPUDevice PublicKeyCredential AuthenticatorResponse AuthenticatorAttestationResponse
    AuthenticatorAssertionResponse Credential CredentialsContainer PaymentRequest PaymentResponse Notification
    ServiceWorkerRegistration WorkerGlobalScope Console console Timer fetch globalThis window self
    document process navigator crypto performance localStorage sessionStorage setTimeout setInterval setImmediate
    clearTimeout clearInterval queueMicrotask structuredClone requestAnimationFrame
    PermissionStatus Geolocation GeolocationPosition Clipboard Animation IDBDatabase IDBTransaction
    WebAssembly.Module WebAssembly.Instance WebAssembly.Memory JSX.Element JSX.IntrinsicElements JSX.ElementClass
";

/// The same of browsers, those that packages seldom mention.
const LIVE: &str = include_str!("live.txt");

/// What texts have beside `length` and their characters: methods, as the library of ES2024 declares them.
pub(super) const STRING_METHODS: &str = "
    anchor at big blink bold charAt charCodeAt codePointAt concat endsWith fixed fontcolor fontsize includes indexOf
    isWellFormed italics lastIndexOf link localeCompare match matchAll normalize padEnd padStart repeat replace
    replaceAll search slice small split startsWith strike sub substr substring sup toLocaleLowerCase toLocaleUpperCase
    toLowerCase toString toUpperCase toWellFormed trim trimEnd trimLeft trimRight trimStart valueOf
";

/// The whole table; the place of an entry is its handle.
pub(super) fn table() -> Vec<Entry> {
    let platform = PLATFORM_TYPES.split_whitespace().chain(LIVE.split_whitespace()).map(|name| entry(name, PLATFORM));
    let mut table: Vec<Entry> = SPECIAL.iter().copied().chain(platform).collect();
    table.push(entry(NODE, PLATFORM));
    table
}

/// What stands for every type of the `NodeJS` namespace that has no entry of its own.
const NODE: &str = "NodeJS.*";

/// The place in the table of a name.
pub(super) fn find(table: &[Entry], name: &str) -> Option<u32> {
    let exact = table.iter().position(|entry| entry.name == name);
    let name = if exact.is_none() && name.starts_with("NodeJS.") { NODE } else { name };
    let place = exact.or_else(|| table.iter().position(|entry| entry.name == name))?;
    Some(u32::try_from(place).expect("the table is short"))
}
