import Foundation

/// PostgreSQL's own programs, run as the cluster's user.
extension LocalCluster {
    func must(_ program: String, _ arguments: [String], in place: String = "/") throws {
        let (status, output) = try run(program, arguments, in: place)
        guard status == 0 else { throw Failure.failed(program, status, output, log: directory + "/log") }
    }

    /// - Parameter place: the working directory, which the cluster's user must be able to enter.
    func run(_ program: String, _ arguments: [String], in place: String = "/") throws -> (status: Int32, output: String)
    {
        let path = "\(binaries)/\(program)"
        let command =
            ["/usr/bin/env", "-C", place] + (isRoot ? ["/usr/sbin/runuser", "-u", user, "--", path] : [path])
            + arguments
        // A file instead of a pipe: the server inherits it and would keep a pipe open for ever.
        let log = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString)"
        defer { unlink(log) }
        let status = try LocalCluster.spawn(command, output: log)
        return (status, try String(contentsOfFile: log, encoding: .utf8))
    }

    /// Runs a program and waits for that process only. Foundation's `Process` waits until every descendant has closed a
    /// socket that it inherits, which a started server never does.
    static func spawn(_ command: [String], output: String) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        // A server that goes on must not hold what its starter was given, such as a pipe whose end somebody waits for.
        // One that is closed meanwhile is no error.
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            if let descriptor = Int32(name), descriptor > 2 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        }
        var arguments = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var id = pid_t()
        let failure = posix_spawn(&id, command[0], &actions, nil, &arguments, environ)
        guard failure == 0 else {
            throw Failure(
                vi: "không chạy được \(command[0]) (errno \(failure))",
                en: "\(command[0]) could not be started (errno \(failure))"
            )
        }
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 {
            guard errno == EINTR else {
                throw Failure(
                    vi: "mất dấu \(command[0]) (errno \(errno))",
                    en: "\(command[0]) was lost (errno \(errno))"
                )
            }
        }
        // A process ended by a signal has no exit code; any number other than 0 will do.
        return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    }
}

extension LocalCluster.Failure {
    /// A program of PostgreSQL ended with an error.
    static func failed(_ program: String, _ status: Int32, _ output: String, log: String? = nil) -> Self {
        Self(
            vi: "\(program) không chạy được (\(status)): \(output.suffix(2000))"
                + (log.map { "\nNhật ký của máy chủ: \($0)" } ?? ""),
            en: "\(program) failed (\(status)): \(output.suffix(2000))"
                + (log.map { "\nThe server's log: \($0)" } ?? "")
        )
    }
}
