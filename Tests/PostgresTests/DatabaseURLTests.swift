import Postgres
import Testing

/// Connection strings as they are shown.
@Suite struct DatabaseURLTests {
    @Test(arguments: [
        (
            "postgresql://khop:s3cret@db.example/khop?sslmode=verify-full",
            "postgresql://khop:***@db.example/khop?sslmode=verify-full"
        ),
        ("postgres://khop:p@ss:w0rd@db/khop", "postgres://khop:***@db/khop"),
        ("postgresql://db/khop", "postgresql://db/khop"), ("postgresql://khop@db/khop", "postgresql://khop@db/khop"),
        (
            "postgresql://khop@/khop?host=%2Ftmp&password=s3cret&port=5432",
            "postgresql://khop@/khop?host=%2Ftmp&password=***&port=5432"
        ),
        ("postgresql:///khop?PassWord=s3cret", "postgresql:///khop?PassWord=***"),
        ("postgresql://:s3cret@db", "postgresql://:***@db"),
        ("host=db user=khop password=s3cret dbname=khop", "host=db user=khop password=*** dbname=khop"),
        ("host=db password = 's3 \\' cret' dbname=khop", "host=db password = *** dbname=khop"),
        ("host=db sslpassword=s3cret", "host=db sslpassword=***"),
    ])
    func `a password is not shown`(_ url: String, _ shown: String) {
        #expect(DatabaseOptions(url: url).urlWithoutPassword == shown)
    }
}
