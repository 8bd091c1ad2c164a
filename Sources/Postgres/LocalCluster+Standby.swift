import Foundation

extension LocalCluster {
    /// Makes a standby that follows this cluster, which runs, and starts it: for tests of what depends on one.
    ///
    /// - Parameter directory: its folder, which is not there yet.
    public func startStandby(directory: String) throws -> LocalCluster {
        try allowReplication()
        let standby = try LocalCluster(directory: directory)
        try standby.prepareFolders()
        // Of the same user, who alone may enter both.
        try must(
            "pg_basebackup",
            [
                "-h", socketFolder, "-U", DatabaseRole.superuser.rawValue, "-D", standby.data, "-R", "-X", "stream",
                "-c",
                "fast",
            ]
        )
        try standby.start(database: "postgres", settings: ["fsync=off"])
        return standby
    }

    /// Lets in who copies the cluster: `all` databases do not include that.
    private func allowReplication() throws {
        let path = data + "/pg_hba.conf"
        let rule = "local replication all peer map=khop\n"
        guard try !String(contentsOfFile: path, encoding: .utf8).contains(rule) else { return }
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seekToEnd()
        try file.write(contentsOf: Data(rule.utf8))
        try file.close()
        try must("pg_ctl", ["-D", data, "reload"])
    }
}
