//! Where users are: completions and manual pages, held to shells and formatters that read them; the action and the hooks, held
//! to the keys that their hosts document, and the scripts of the action, run as a host runs them.
#![cfg(unix)]
#![allow(clippy::pedantic, clippy::unwrap_used, clippy::print_stderr)]

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const CLEAN: &str = env!("CARGO_BIN_EXE_clean");
const SHELLS: [&str; 5] = ["bash", "zsh", "fish", "powershell", "elvish"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn skipped(what: &str) {
    eprintln!("SKIPPED: {what}");
}

/// What a command prints; it must end well.
fn stdout(args: &[&str]) -> String {
    said(Command::new(CLEAN).args(args).output().unwrap())
}

fn said(output: Output) -> String {
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a program that reads `input`; none where it is not installed.
fn fed(program: &str, args: &[&str], input: &str) -> Option<Output> {
    let (args, piped) = (args.iter(), Stdio::piped);
    let child = Command::new(program).args(args).stdin(piped()).stdout(piped()).stderr(piped()).spawn();
    let Ok(mut child) = child else {
        skipped(&format!("{program} is not installed, so it was not asked"));
        return None;
    };
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Some(output)
}

/// The commands that `--help` lists.
fn commands() -> Vec<String> {
    let help = stdout(&["--help"]);
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let (list, _) = list.split_once("\n\n").unwrap();
    let names = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<String> = names.map(|line| line.split_whitespace().next().unwrap().to_owned()).collect();
    assert!(names.iter().any(|name| name == "check") && names.len() > 5, "{names:?}");
    names
}

/// All `--flags` in a text.
fn flags(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.filter(|word| word.starts_with("--") && word.len() > 3).map(str::to_owned).collect()
}

#[test]
fn every_command_has_a_page_with_all_its_flags() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("share/man1");
    let to = folder.to_str().unwrap();
    let commands = commands();
    assert!(stdout(&["man", "--to", to]).contains(&format!("{} pages", commands.len() + 1)));
    // A second time, as an update does.
    stdout(&["man", "--to", to]);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), commands.len() + 1);
    let whole = fs::read_to_string(folder.join("clean.1")).unwrap();
    assert_eq!(stdout(&["man"]), whole);
    for command in commands.iter().map(Some).chain([None]) {
        let name = command.map_or("clean.1".to_owned(), |name| format!("clean-{name}.1"));
        let page = fs::read_to_string(folder.join(&name)).unwrap();
        let help = stdout(&command.map(String::as_str).into_iter().chain(["--help"]).collect::<Vec<_>>());
        let written = flags(&page.replace("\\-", "-").replace("\\fB", " ").replace("\\fI", " "));
        let missing: Vec<_> = flags(&help).difference(&written).cloned().collect();
        assert!(missing.is_empty(), "{name} lacks {missing:?}");
        assert!(whole.replace("\\-", "-").contains(name.trim_end_matches(".1")), "clean.1 does not name {name}");
        assert!(!page.contains(".SH EXTRA"), "{name}");
        // Formatters of two families find nothing to complain about, but for the date, which is left out on purpose.
        if let Some(output) = fed("mandoc", &["-Tlint", "-Wwarning"], &page) {
            let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
            let faults: Vec<_> = said.lines().filter(|line| !line.contains("missing date")).collect();
            assert!(faults.is_empty(), "{name}: {faults:?}");
        }
        if let Some(output) = fed("groff", &["-man", "-ww", "-Tascii"], &page) {
            assert!(output.stderr.is_empty(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
            assert!(!output.stdout.is_empty());
        }
    }
}

#[test]
fn shells_read_the_completions() {
    for shell in SHELLS {
        let script = stdout(&["completions", shell]);
        for name in commands() {
            assert!(script.contains(&name), "{shell} does not know {name}");
        }
        assert!(script.contains("max-loss"), "{shell}");
    }
    for shell in ["bash", "zsh", "fish"] {
        if let Some(output) = fed(shell, &["-n"], &stdout(&["completions", shell])) {
            assert!(output.status.success() && output.stderr.is_empty(), "{shell}: {output:?}");
        }
    }
}

#[test]
fn bash_and_fish_complete() {
    let folder = Path::new(CLEAN).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    // What the README tells users to type; then what the tabulator key asks for.
    let script = "source <(clean completions bash) && complete -p clean
        ask() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _clean \"$1\" \"${@: -1}\" \"${@: -2:1}\"; echo \"${COMPREPLY[@]}\"; }
        ask clean che; ask clean check --max-; ask clean completions z; ask clean --cut-from ''";
    let output = Command::new("bash").args(["--norc", "-c", script]).env("PATH", &path).output().unwrap();
    let said_by_bash = said(output);
    let lines: Vec<&str> = said_by_bash.lines().collect();
    assert!(lines[0].starts_with("complete ") && lines[0].ends_with(" clean"), "{lines:?}");
    assert_eq!(lines[1..], ["check", "--max-loss --max-findings", "zsh", "certain likely hint"]);
    let script = "clean completions fish | source; complete -C 'clean che'; complete -C 'clean check --max-'";
    match Command::new("fish").args(["--no-config", "-c", script]).env("PATH", &path).output() {
        Err(_) => skipped("fish is not installed, so it completed nothing"),
        Ok(output) => {
            let text = said(output);
            let words: Vec<&str> = text.lines().map(|line| line.split('\t').next().unwrap()).collect();
            assert_eq!(words, ["check", "--max-findings", "--max-loss"]);
        }
    }
}

/// A YAML file of the repository as another ecosystem reads it; none where that cannot.
fn yaml(name: &str) -> Option<Value> {
    // `on` is a boolean to YAML 1.1, and GitHub's reader takes 1.2: a key stays what stands there.
    let script = "import json, sys, yaml\n\
                  class Reader(yaml.SafeLoader): pass\n\
                  Reader.yaml_implicit_resolvers = {c: [r for r in rs if r[0] != 'tag:yaml.org,2002:bool' or c in 'tTfF'] \
                  for c, rs in yaml.SafeLoader.yaml_implicit_resolvers.items()}\n\
                  json.dump(yaml.load(sys.stdin, Reader), sys.stdout)";
    let has = Command::new("python3").args(["-c", "import yaml"]).stderr(Stdio::null()).status();
    if !has.is_ok_and(|status| status.success()) {
        skipped(&format!("python3 with PyYAML is not installed, so {name} was not read"));
        return None;
    }
    let text = fs::read_to_string(root().join(name)).unwrap();
    let output = fed("python3", &["-c", script], &text)?;
    Some(serde_json::from_str(&said(output)).unwrap())
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap_or_else(|| panic!("no table: {value}")).keys().map(String::as_str).collect()
}

/// Nothing but the keys that are documented.
fn only(value: &Value, known: &[&str], needed: &[&str]) {
    let here = keys(value);
    let strange: Vec<_> = here.iter().filter(|key| !known.contains(key) && !needed.contains(key)).collect();
    let missing: Vec<_> = needed.iter().filter(|key| !here.contains(*key)).collect();
    assert!(strange.is_empty() && missing.is_empty(), "strange {strange:?}, missing {missing:?}: {value}");
}

/// `${{ … }}` in a text.
fn expressions(text: &str) -> Vec<&str> {
    text.split("${{").skip(1).map(|rest| rest.split("}}").next().unwrap().trim()).collect()
}

/// <https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax>
#[test]
fn the_action_is_what_github_documents() {
    let Some(action) = yaml("action.yml") else { return };
    only(&action, &["author", "inputs", "outputs", "branding"], &["name", "description", "runs"]);
    only(&action["branding"], &[], &["icon", "color"]);
    let colours = ["white", "black", "yellow", "blue", "green", "orange", "red", "purple", "gray-dark"];
    assert!(colours.contains(&action["branding"]["color"].as_str().unwrap()));
    only(&action["runs"], &[], &["using", "steps"]);
    assert_eq!(action["runs"]["using"], "composite");
    let inputs = keys(&action["inputs"]);
    for input in &inputs {
        only(&action["inputs"][*input], &["required", "default", "deprecationMessage"], &["description"]);
    }
    let script = fs::read_to_string(root().join(".github/action/check.sh")).unwrap();
    let (mut ids, mut used) = (BTreeSet::new(), BTreeSet::new());
    for step in action["runs"]["steps"].as_array().unwrap() {
        only(step, &["id", "name", "if", "env", "working-directory", "continue-on-error"], &["run", "shell"]);
        ids.extend(step["id"].as_str());
        // Nothing that users give may become part of a script.
        assert!(expressions(step["run"].as_str().unwrap()).is_empty());
        for (name, value) in step["env"].as_object().unwrap() {
            assert!(script.contains(name) || step["run"].as_str().unwrap().contains(name), "{name} is never read");
            for expression in expressions(value.as_str().unwrap()) {
                match expression.split_once('.').unwrap() {
                    ("inputs", input) => assert!(inputs.contains(input) && used.insert(input.to_owned()), "{input}"),
                    ("github", it) => assert!(["action_path", "action_repository", "action_ref"].contains(&it), "{it}"),
                    _ => panic!("{expression}"),
                }
            }
        }
    }
    assert_eq!(used.len(), inputs.len(), "inputs that nothing reads");
    for (name, output) in action["outputs"].as_object().unwrap() {
        only(output, &[], &["description", "value"]);
        let value = expressions(output["value"].as_str().unwrap())[0];
        let [_, id, _, from] = value.split('.').collect::<Vec<_>>()[..] else { panic!("{value}") };
        assert!(ids.contains(id) && from == name && script.contains(&format!("{name}=")), "{value}");
    }
}

/// <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax>
#[test]
fn the_workflows_are_what_github_documents() {
    for name in fs::read_dir(root().join(".github/workflows")).unwrap().map(|entry| entry.unwrap().file_name()) {
        let name = format!(".github/workflows/{}", name.to_str().unwrap());
        let Some(workflow) = yaml(&name) else { return };
        only(&workflow, &["name", "run-name", "permissions", "env", "defaults", "concurrency"], &["on", "jobs"]);
        let jobs = keys(&workflow["jobs"]);
        for job in &jobs {
            let job = &workflow["jobs"][*job];
            let known =
                ["name", "if", "needs", "permissions", "env", "defaults", "strategy", "outputs", "timeout-minutes"];
            only(job, &known, &["runs-on", "steps"]);
            if let Some(needed) = job["needs"].as_str() {
                assert!(jobs.contains(needed), "{name}: {needed}");
            }
            let of_matrix: BTreeSet<&str> = match &job["strategy"]["matrix"]["include"] {
                Value::Array(rows) => rows.iter().flat_map(keys).collect(),
                _ => BTreeSet::new(),
            };
            for step in job["steps"].as_array().unwrap() {
                only(step, &["id", "name", "if", "env", "run", "uses", "with", "shell", "working-directory"], &[]);
                assert!(step["run"].is_string() != step["uses"].is_string(), "{name}: {step}");
                assert!(step["with"].is_null() || step["uses"].is_string(), "{name}: {step}");
                // An action is called at a version.
                assert!(step["uses"].as_str().is_none_or(|it| it.contains('@') || it.starts_with("./")), "{step}");
                for expression in expressions(&step.to_string()) {
                    let of = expression.strip_prefix("matrix.");
                    assert!(of.is_none_or(|key| of_matrix.contains(key)), "{name}: {expression}");
                }
            }
        }
    }
}

/// <https://pre-commit.com/#creating-new-hooks>
#[test]
fn the_hooks_are_what_pre_commit_documents() {
    let Some(hooks) = yaml(".pre-commit-hooks.yaml") else { return };
    for hook in hooks.as_array().unwrap() {
        let known =
            ["description", "files", "exclude", "types", "args", "require_serial", "pass_filenames", "always_run"];
        only(hook, &known, &["id", "name", "entry", "language"]);
        // What is installed is a program of this package, and it has that command.
        assert_eq!(hook["language"], "rust");
        let entry: Vec<&str> = hook["entry"].as_str().unwrap().split(' ').collect();
        assert!(entry[0] == "clean" && commands().iter().any(|command| command == entry[1]));
        // Either it gets all files at once, or none.
        assert!(hook["require_serial"] == true || hook["pass_filenames"] == false);
    }
}

/// A folder with a text that is over the limit and one that is not, beside what a host's job has.
fn job() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let paragraph = "The council voted on Tuesday to close the old bridge over the river for two years, and the work will begin in the spring.";
    for name in ["twice", "once", "a $(touch hit) `touch hit`"] {
        fs::create_dir(dir.path().join(name)).unwrap();
    }
    fs::write(dir.path().join("twice/a.txt"), format!("{paragraph}\n\nShop owners said no.\n\n{paragraph}\n")).unwrap();
    fs::write(dir.path().join("once/a.txt"), format!("{paragraph}\n")).unwrap();
    fs::write(dir.path().join("a $(touch hit) `touch hit`/b.txt"), format!("{paragraph}\n")).unwrap();
    dir
}

/// Runs the script of the action: its exit code, what it printed, and its outputs.
fn act(dir: &Path, env: &[(&str, &str)]) -> (i32, String, String, String) {
    let outputs = dir.join("outputs");
    fs::write(&outputs, "").unwrap();
    let mut command = Command::new("bash");
    command.arg(root().join(".github/action/check.sh")).current_dir(dir).env("GITHUB_OUTPUT", &outputs);
    for name in ["CLEAN_BINARY", "CLEAN_TO", "CLEAN_ARGS", "CLEAN_LIMITS", "ACTION_REF", "ACTION_REPOSITORY"] {
        command.env(name, "");
    }
    command.env("RUNNER_TEMP", dir.join("temp")).env("ACTION_FOLDER", root());
    let output = command.envs(env.iter().copied()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let outputs = fs::read_to_string(outputs).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr), outputs)
}

#[test]
fn the_action_checks_and_tells() {
    let dir = job();
    let with = |env: &[(&str, &str)]| act(dir.path(), &[&[("CLEAN_BINARY", CLEAN)], env].concat());
    let (code, said, _, outputs) = with(&[("CLEAN_PATHS", "twice")]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("::error") && said.contains("twice/a.txt"), "{said}");
    assert_eq!(outputs, format!("exit-code=1\nover=true\nbinary={CLEAN}\n"));
    let (code, _, _, outputs) = with(&[("CLEAN_PATHS", "twice\r\n"), ("CLEAN_LIMITS", "duplicate=90%\n\n  \nad=3%")]);
    assert_eq!((code, &*outputs), (0, &*format!("exit-code=0\nover=false\nbinary={CLEAN}\n")));
    let (code, said, ..) = with(&[("CLEAN_PATHS", "once\na $(touch hit) `touch hit`\n"), ("CLEAN_FORMAT", "json")]);
    let checked: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &checked["totals"]["documents"]), (1, &2.into()), "{said}");
    assert!(!dir.path().join("hit").exists());
    // Further arguments, and a file for a later step.
    let (code, said, ..) =
        with(&[("CLEAN_ARGS", "--only\nmojibake"), ("CLEAN_FORMAT", "sarif"), ("CLEAN_TO", "x.sarif")]);
    assert_eq!((code, &*said), (0, ""));
    let sarif: Value = serde_json::from_str(&fs::read_to_string(dir.path().join("x.sarif")).unwrap()).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    // Trouble is told as such; what looks like a flag is a path.
    let (code, _, complaint, outputs) = with(&[("CLEAN_PATHS", "--all")]);
    assert!(
        code == 2 && outputs.starts_with("exit-code=2\nover=false\n") && complaint.contains("--all"),
        "{complaint}"
    );
}

/// Writes a program.
fn program(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn the_action_takes_a_release_or_builds() {
    if fed("curl", &["--version"], "").is_none() {
        return;
    }
    let dir = job();
    let (temp, uname) = (dir.path().join("temp"), said(Command::new("uname").arg("-sm").output().unwrap()));
    let target = match uname.trim() {
        "Linux x86_64" => "x86_64-unknown-linux-musl",
        "Linux aarch64" => "aarch64-unknown-linux-musl",
        "Darwin arm64" => "aarch64-apple-darwin",
        _ => return skipped("there are no releases for this system"),
    };
    // A cargo that builds nothing, but says how it was asked.
    let asked = dir.path().join("asked");
    let bin = dir.path().join("bin");
    program(
        &bin.join("cargo"),
        &format!(
            "#!/bin/sh\necho \"$@\" >'{}'\nmkdir -p \"$7/bin\" && ln -s '{CLEAN}' \"$7/bin/clean\"\n",
            asked.display()
        ),
    );
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let server = format!("file://{}/server", dir.path().display());
    let env = [
        ("PATH", &*path),
        ("GITHUB_SERVER_URL", &*server),
        ("ACTION_REPOSITORY", "some/one"),
        ("ACTION_REF", "v9.9.9"),
        ("CLEAN_PATHS", "twice"),
    ];
    let (code, _, complaint, outputs) = act(dir.path(), &env);
    assert_eq!(code, 1, "{complaint}");
    let wanted =
        format!("install --locked --quiet --path {} --root {}/clean-action\n", root().display(), temp.display());
    assert_eq!(fs::read_to_string(&asked).unwrap(), wanted);
    assert!(outputs.contains("temp/clean-action/bin/clean\n"), "{outputs}");

    // The package as the workflow makes it, with the same script; only a static program passes.
    let packaged = |name: &str| {
        let script = root().join(".github/action/package.sh");
        Command::new("bash")
            .arg(script)
            .arg(Path::new(CLEAN).parent().unwrap())
            .arg(name)
            .current_dir(dir.path())
            .output()
            .unwrap()
    };
    let name = format!("clean-v9.9.9-{target}");
    if target.ends_with("-musl") && cfg!(not(target_env = "musl")) {
        let output = packaged(&name);
        assert!(
            !output.status.success() && String::from_utf8_lossy(&output.stderr).contains("is not static"),
            "{output:?}"
        );
    }
    said(packaged("clean-here"));
    let list = said(Command::new("tar").args(["-tzf", "clean-here.tar.gz"]).current_dir(dir.path()).output().unwrap());
    for file in ["clean", "LICENSE-MIT", "LICENSE-APACHE", "README.md", "man/clean-check.1", "completions/_clean"] {
        assert!(list.lines().any(|line| line == format!("clean-here/{file}")), "{file}: {list}");
    }

    // A release at the place where the host has it.
    let place = dir.path().join("server/some/one/releases/download/v9.9.9");
    program(&place.join(&name).join("clean"), &format!("#!/bin/sh\nexec '{CLEAN}' \"$@\"\n"));
    let pack = format!(
        "tar -czf {name}.tar.gz {name} && (sha256sum {name}.tar.gz || shasum -a 256 {name}.tar.gz) >{name}.tar.gz.sha256"
    );
    said(Command::new("sh").arg("-c").arg(&pack).current_dir(&place).output().unwrap());
    fs::remove_file(&asked).unwrap();
    fs::remove_dir_all(&temp).unwrap();
    let (code, _, complaint, outputs) = act(dir.path(), &env);
    assert_eq!(code, 1, "{complaint}");
    assert!(outputs.contains(&format!("clean-action/{name}/clean\n")) && !asked.exists(), "{outputs}");

    // One that is not what was published is not run.
    program(&place.join(&name).join("clean"), "#!/bin/sh\ntouch hit\n");
    said(Command::new("tar").args(["-czf", &format!("{name}.tar.gz"), &name]).current_dir(&place).output().unwrap());
    fs::remove_dir_all(&temp).unwrap();
    let (code, ..) = act(dir.path(), &env);
    assert!(code == 1 && asked.exists() && !dir.path().join("hit").exists());

    // Nothing to take and nothing to build with: said where the host shows it.
    program(&bin.join("cargo"), "#!/bin/sh\nexit 101\n");
    fs::remove_dir_all(&temp).unwrap();
    let (code, said, ..) = act(dir.path(), &env);
    assert!(code == 2 && said.starts_with("::error title=clean::"), "{said}");
}

#[test]
fn help_fits_a_screen_and_all_of_it_can_be_asked_for() {
    let said = |args: &[&str]| {
        let out = assert_cmd::Command::cargo_bin("clean").unwrap().args(args).output().unwrap();
        assert!(out.status.success(), "{args:?}");
        String::from_utf8(out.stdout).unwrap()
    };
    for command in ["", "check", "audit", "diff", "report", "restore", "explain", "train", "init", "schema", "man"] {
        let args: Vec<&str> = [command, "--help"].into_iter().filter(|arg| !arg.is_empty()).collect();
        let help = said(&args);
        assert!(help.lines().count() <= 48, "{command}: {} lines", help.lines().count());
    }
    assert!(said(&["--help"]).contains("Examples:\n") && said(&["-h"]) == said(&["--help"]));
    for option in ["--max-cut", "--repeated-span", "--judge", "--compress", "--resume"] {
        assert!(said(&["--help-all"]).contains(option), "{option}");
    }
}
