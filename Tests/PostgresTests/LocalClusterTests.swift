import Foundation
import Postgres
import TestSupport
import Testing

@Suite struct LocalClusterTests {
    private static let isRoot = geteuid() == 0

    /// Lends a cluster in a folder of its own.
    private func withCluster(_ name: String, _ body: (LocalCluster) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/\(name) \(UUID().uuidString.prefix(8))"
        let cluster = try LocalCluster(directory: folder + "/postgres")
        try cluster.start(database: "khop", settings: ["fsync=off"])
        do { try await body(cluster) } catch { Issue.record(error) }
        try cluster.stop()
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test(arguments: ["khop's new home", "a \"quoted\" home", "$HOME `id` \\ home", "one, two"])
    func `a cluster lives in a folder whose name means something to shells`(_ name: String) async throws {
        try await withCluster(name) { cluster in
            let database = Database(DatabaseOptions(url: cluster.url(database: "khop")))
            let found = try await database.query("select current_database()").row().get(0, as: String.self)
            #expect(found == "khop")
            await database.close()
        }
    }

    @Test func `a cluster answers once it has what a start makes, and no longer when it was stopped`() async throws {
        try await withCluster("khop") { cluster in
            #expect(try cluster.answers(database: "khop"))
            #expect(try !cluster.answers(database: "another"))
            try cluster.stop()
            #expect(try !cluster.answers(database: "khop"))
            try cluster.start(database: "khop")
        }
        let none = try LocalCluster(
            directory: FileManager.default.temporaryDirectory.path + "/none-\(UUID().uuidString)"
        )
        #expect(try !none.answers(database: "khop"))
        #expect(!FileManager.default.fileExists(atPath: none.directory))
    }

    @Test func `each role of a cluster has its own rights, and the owner's is the database`() async throws {
        try await withCluster("khop") { cluster in
            for role in DatabaseRole.allCases {
                let database = Database(DatabaseOptions(url: cluster.url(database: "khop", as: role)))
                let (name, isSuperuser, isOwner) = try await database.query(
                    """
                    select current_user::text, rolsuper, datdba = r.oid from pg_roles r, pg_database
                    where rolname = current_user and datname = 'khop'
                    """
                ).row().decode(String.self, Bool.self, Bool.self)
                #expect(name == role.rawValue && isSuperuser == (role == .superuser) && isOwner == (role == .owner))
                await database.close()
            }
        }
    }

    @Test(.enabled(if: isRoot)) func `another user of the machine cannot connect`() async throws {
        try await withCluster("khop") { cluster in
            func connect(_ user: String, _ role: DatabaseRole) throws -> (status: Int32, errors: String) {
                let url = cluster.url(database: "khop", as: role)
                let psql = ["-u", user, "--", "/usr/bin/env", "-C", "/", "psql", "-X", url, "-Atc", "select 1"]
                let ended = try OtherProgram.finish("/usr/sbin/runuser", psql, environment: ["PATH": "/usr/bin:/bin"])
                return (ended.status, String(decoding: ended.errors, as: UTF8.self))
            }
            let stranger = try connect("nobody", .service)
            #expect(stranger.errors.contains("Permission denied"))
            let root = try connect("root", .service)
            #expect(root.status == 0, "\(root.errors)")
            // Where the folder does not keep him out, PostgreSQL does.
            for folder in [cluster.directory, cluster.directory + "/socket"] { chmod(folder, 0o755) }
            for role in DatabaseRole.allCases {
                let refused = try connect("nobody", role)
                #expect(refused.errors.contains("Peer authentication failed"), "\(refused.errors)")
            }
        }
    }

    @Test func `a folder that somebody else made under the cluster's name is refused`() throws {
        let place = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: place + "/elsewhere", withIntermediateDirectories: true)
        defer { do { try FileManager.default.removeItem(atPath: place) } catch {} }
        chmod(place, 0o755)
        let elsewhere = place + "/elsewhere"
        try FileManager.default.createSymbolicLink(atPath: place + "/postgres", withDestinationPath: elsewhere)
        let cluster = try LocalCluster(directory: place + "/postgres")
        let refused = #expect(throws: LocalCluster.Failure.self) { try cluster.start(database: "khop") }
        let failure = try #require(refused)
        #expect("\(failure)".contains("is not a folder of the user who runs PostgreSQL"))
    }

    /// The names of the folders in /tmp can be known beforehand by everybody on the machine.
    @Test func `a folder that somebody has laid in the way is refused and left alone`() throws {
        let home =
            FileManager.default.temporaryDirectory.path + "/" + String(repeating: "a long home ", count: 8)
            + UUID().uuidString
        let cluster = try LocalCluster(directory: home + "/postgres")
        defer { do { try FileManager.default.removeItem(atPath: home) } catch {} }
        let url = cluster.url(database: "khop")
        let socket = try #require(url.firstMatch(of: /host=(\/tmp\/khop-[0-9a-z]+)&/)?.1).description
        let victim = home + "/victim"
        try FileManager.default.createDirectory(
            atPath: victim,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o755]
        )
        try FileManager.default.createSymbolicLink(atPath: socket, withDestinationPath: victim)
        defer { do { try FileManager.default.removeItem(atPath: socket) } catch {} }
        let owner = try FileManager.default.attributesOfItem(atPath: victim)[.ownerAccountID] as? Int
        let failure = #expect(throws: LocalCluster.Failure.self) { try cluster.start(database: "khop") }
        #expect(failure?.phrase.vietnamese.contains(socket) == true)
        let after = try FileManager.default.attributesOfItem(atPath: victim)
        #expect(after[.posixPermissions] as? Int == 0o755 && after[.ownerAccountID] as? Int == owner)
        // A file is no folder either.
        try FileManager.default.removeItem(atPath: socket)
        #expect(FileManager.default.createFile(atPath: socket, contents: nil))
        #expect(throws: LocalCluster.Failure.self) { try cluster.start(database: "khop") }
    }

    /// Whoever laid a folder in the way could answer in the cluster's place.
    @Test func `a cluster whose folder is somebody else's is not asked`() throws {
        let home = FileManager.default.temporaryDirectory.path + "/khop-\(UUID().uuidString.prefix(8))"
        defer { do { try FileManager.default.removeItem(atPath: home) } catch {} }
        let (folder, victim) = (home + "/postgres", home + "/victim")
        try FileManager.default.createDirectory(atPath: folder + "/data", withIntermediateDirectories: true)
        #expect(FileManager.default.createFile(atPath: folder + "/data/PG_VERSION", contents: nil))
        try FileManager.default.createDirectory(atPath: victim, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(atPath: folder + "/socket", withDestinationPath: victim)
        let cluster = try LocalCluster(directory: folder)
        #expect(throws: LocalCluster.Failure.self) { _ = try cluster.answers(database: "khop") }
    }
}
