#![no_main]
#[path = "../formats.rs"]
#[allow(dead_code)] // A target is of one format.
mod formats;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = formats::safetensors(bytes);
});
