//! Secrets from elsewhere: what a command writes, for the settings that name one.

use std::{
    io::{self, Read},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// How long a command may take.
const LIMIT: Duration = Duration::from_secs(30);

/// How many bytes a command may write.
const LARGEST: u64 = 64 * 1024;

/// How long to wait before asking again whether a command has ended.
const PAUSE: Duration = Duration::from_millis(10);

/// Runs a command line in the platform's shell and returns its standard output.
///
/// The error goes on after "the command", and holds neither the command line nor what it wrote.
pub(super) fn run_command(command_line: &str) -> Result<String, String> {
    run(command_line, LIMIT)
}

fn run(command_line: &str, limit: Duration) -> Result<String, String> {
    let end = Instant::now() + limit;
    // Standard input and output are the protocol's.
    let mut child = shell(command_line)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("could not be started: {error}"))?;
    let ended = output(&mut child, end)
        .and_then(|output| status(&mut child, end).map(|status| (output, status)));
    let (output, status) = ended.map_err(|failure| {
        kill(&mut child);
        match failure {
            Unfinished::TooSlow => format!("was not done within {limit:?}"),
            Unfinished::TooLong => format!("wrote more than {} KiB", LARGEST / 1024),
            Unfinished::Failed(error) => format!("could not be read: {error}"),
        }
    })?;
    if status.success() {
        String::from_utf8(output).map_err(|_| "wrote something that is not UTF-8 text".to_owned())
    } else {
        Err(match status.code() {
            Some(code) => format!("failed with exit status {code}"),
            None => "was ended by a signal".to_owned(),
        })
    }
}

/// Why a command was not waited for any longer.
enum Unfinished {
    TooSlow,
    TooLong,
    Failed(io::Error),
}

fn output(child: &mut Child, end: Instant) -> Result<Vec<u8>, Unfinished> {
    let Some(stdout) = child.stdout.take() else {
        return Ok(Vec::new());
    };
    let (sender, receiver) = mpsc::channel();
    // A read cannot be given up, but its thread can be left behind: it ends with the command.
    thread::spawn(move || {
        let mut output = Vec::new();
        let read = stdout.take(LARGEST + 1).read_to_end(&mut output);
        // Nobody listens any more if the time is up.
        let _ = sender.send(read.map(|_| output));
    });
    let left = end.saturating_duration_since(Instant::now());
    match receiver.recv_timeout(left) {
        Ok(Ok(output)) if output.len() as u64 > LARGEST => Err(Unfinished::TooLong),
        Ok(Ok(output)) => Ok(output),
        Ok(Err(error)) => Err(Unfinished::Failed(error)),
        Err(_) => Err(Unfinished::TooSlow),
    }
}

fn status(child: &mut Child, end: Instant) -> Result<ExitStatus, Unfinished> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) if Instant::now() < end => thread::sleep(PAUSE),
            Ok(None) => return Err(Unfinished::TooSlow),
            Err(error) => return Err(Unfinished::Failed(error)),
        }
    }
}

#[cfg(unix)]
fn shell(command_line: &str) -> Command {
    use std::os::unix::process::CommandExt;

    let mut shell = Command::new("sh");
    // The group is what `kill` ends: the shell, and whatever it has started.
    shell.args(["-c", command_line]).process_group(0);
    shell
}

#[cfg(windows)]
fn shell(command_line: &str) -> Command {
    use std::os::windows::process::CommandExt;

    let mut shell = Command::new("cmd");
    // With /S the outer quotes go and the rest reaches cmd as it was written.
    shell.raw_arg(format!("/D /S /C \"{command_line}\""));
    shell
}

/// Ends a command that nobody has waited for yet, so that its number is still its own.
fn kill(child: &mut Child) {
    let number = child.id();
    let mut killer = if cfg!(windows) {
        let mut killer = Command::new("taskkill");
        killer.args(["/F", "/T", "/PID", &number.to_string()]);
        killer
    } else {
        let mut killer = Command::new("sh");
        killer.args(["-c", &format!("kill -s KILL -- -{number}")]);
        killer
    };
    // Whether this works or not, there is nothing more to be done than to end the shell itself.
    let _ = killer
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_how_it_ended_and_nothing_of_what_was_written() {
        for (command_line, problem) in [
            (
                "echo hunter2; echo hunter2 >&2; exit 3",
                "failed with exit status 3",
            ),
            ("no-such-command-hunter2", "failed with exit status 127"),
            ("kill -9 $$; echo hunter2", "was ended by a signal"),
            (
                "printf 'hunter2\\377'",
                "wrote something that is not UTF-8 text",
            ),
            ("yes hunter2", "wrote more than 64 KiB"),
        ] {
            assert_eq!(run_command(command_line), Err(problem.to_owned()));
        }
    }

    #[test]
    fn a_slow_command_is_killed_with_all_that_it_started() {
        let limit = Duration::from_millis(200);
        for command_line in [
            "sleep 60",
            "sleep 60 | cat; echo hunter2",
            "sleep 60 & echo hunter2",
            "exec >&-; sleep 60",
        ] {
            let started = Instant::now();
            assert_eq!(
                run(command_line, limit),
                Err("was not done within 200ms".to_owned()),
                "{command_line}"
            );
            assert!(started.elapsed() < Duration::from_secs(30));
        }
    }

    #[test]
    fn standard_output_is_returned_whole_and_standard_input_is_empty() {
        assert_eq!(
            run_command("cat; printf 'a b\\n'; echo hunter2 >&2"),
            Ok("a b\n".to_owned())
        );
        let longest = run_command("head -c 65536 /dev/zero").unwrap();
        assert_eq!(longest.len(), 65536);
    }
}
