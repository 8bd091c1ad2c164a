import Postgres
import Testing

/// Whether a database may be reached as its connection string says.
@Suite struct DatabaseTransportTests {
    @Test(arguments: [
        "postgresql:///khop", "postgresql://khop_app@localhost/khop", "postgresql://khop_app@127.0.0.1:5433/khop",
        "postgresql://[::1]/khop", "host=/run/postgresql dbname=khop", "dbname=khop",
        "host=db.example hostaddr=127.0.0.1 dbname=khop", "postgresql://%2Frun%2Fpostgresql/khop",
        "postgresql://localhost,127.0.0.1/khop",
    ])
    func `this machine needs no certificate`(_ url: String) throws {
        let transport = try #require(DatabaseOptions(url: url).transport)
        #expect(transport.isLocal && transport.isSafe && !transport.isVerified, "\(transport)")
    }

    @Test(arguments: [
        "postgresql://khop_app@db.example/khop", "postgresql://10.0.0.5/khop?sslmode=require",
        "host=db.example sslmode=prefer", "host=db.example sslmode=disable", "postgresql://localhost,db.example/khop",
        "host=localhost hostaddr=192.0.2.7 dbname=khop", "service=khop", "postgresql://[2001:db8::1]/khop",
    ])
    func `another machine without one is not safe`(_ url: String) throws {
        let transport = try #require(DatabaseOptions(url: url).transport)
        #expect(!transport.isLocal && !transport.isSafe, "\(transport)")
    }

    @Test(arguments: [
        "postgresql://db.example/khop?sslmode=verify-full&sslrootcert=/etc/ca.crt",
        "host=10.0.0.5 sslmode=verify-ca sslrootcert=/etc/ca.crt", "service=khop sslmode=verify-full",
    ])
    func `another machine whose certificate is checked is`(_ url: String) throws {
        let transport = try #require(DatabaseOptions(url: url).transport)
        #expect(!transport.isLocal && transport.isVerified && transport.isSafe, "\(transport)")
    }

    @Test func `what libpq cannot read is left for it to refuse`() {
        #expect(DatabaseOptions(url: "postgresql://host/db?nonsense=1").transport == nil)
    }
}
