//! A client of a language server: as much of the protocol as the questions here need.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// A running server that has one workspace open.
pub struct Client {
    server: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    asked: u64,
}

impl Client {
    /// Starts a server, and waits until it has loaded the workspace.
    pub fn start(program: &str, root: &Path, options: &Value) -> Self {
        let mut server = Command::new(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let to = server.stdin.take().expect("a pipe");
        let from = BufReader::new(server.stdout.take().expect("a pipe"));
        let mut client = Self {
            server,
            to,
            from,
            asked: 0,
        };
        let capabilities = json!({
            "experimental": { "serverStatusNotification": true },
            "general": { "positionEncodings": ["utf-8"] },
            "textDocument": {
                "hover": { "contentFormat": ["plaintext"] },
                "definition": { "linkSupport": false },
            },
        });
        let answer = client.ask(
            "initialize",
            &json!({
                "processId": null,
                "rootUri": uri(root),
                "workspaceFolders": [{ "uri": uri(root), "name": "workspace" }],
                "capabilities": capabilities,
                "initializationOptions": options,
            }),
        );
        let answer = answer.expect("initialize");
        assert_eq!(answer["capabilities"]["positionEncoding"], "utf-8");
        client.tell("initialized", &json!({}));
        loop {
            let message = client.receive();
            let status = &message["params"];
            if message["method"] == "experimental/serverStatus" && status["quiescent"] == true {
                assert_ne!(status["health"], "error", "{status}");
                return client;
            }
        }
    }

    /// Opens a document.
    pub fn open(&mut self, path: &Path, text: &str) {
        let document =
            json!({ "uri": uri(path), "languageId": "rust", "version": 1, "text": text });
        self.tell("textDocument/didOpen", &json!({ "textDocument": document }));
    }

    /// The answer to a question, or the error.
    pub fn ask(&mut self, method: &str, params: &Value) -> Result<Value, String> {
        loop {
            self.asked += 1;
            let id = self.asked;
            self.send(&json!({ "id": id, "method": method, "params": params }));
            let answer = loop {
                let message = self.receive();
                if message["id"] == id && message["method"].is_null() {
                    break message;
                }
            };
            // The server was still reading files.
            const CONTENT_MODIFIED: i64 = -32801;
            match answer.get("error") {
                Some(error) if error["code"] == CONTENT_MODIFIED => {}
                Some(error) => return Err(error["message"].to_string()),
                None => return Ok(answer["result"].clone()),
            }
        }
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "method": method, "params": params }));
    }

    fn send(&mut self, message: &Value) {
        let mut message = message.clone();
        message["jsonrpc"] = "2.0".into();
        let (text, mut frame) = (message.to_string(), String::new());
        write!(frame, "Content-Length: {}\r\n\r\n{text}", text.len()).expect("a string");
        self.to
            .write_all(frame.as_bytes())
            .expect("the server reads");
        self.to.flush().expect("the server reads");
    }

    /// The next message. What the server asks is answered with nothing.
    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            let read = self.from.read_line(&mut line).expect("the server writes");
            assert_ne!(read, 0, "the server has ended");
            if line.trim().is_empty() {
                break;
            }
            if let Some(value) = line.strip_prefix("Content-Length:") {
                length = value.trim().parse().expect("a length");
            }
        }
        let mut text = vec![0; length];
        self.from.read_exact(&mut text).expect("the server writes");
        let message: Value = serde_json::from_slice(&text).expect("a message");
        if !message["method"].is_null() && !message["id"].is_null() {
            self.send(&json!({ "id": message["id"], "result": null }));
        }
        message
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The address of a file.
pub fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}
