vcl 4.1;
import std;
backend app_1 { .host = "10.14.2.11"; .port = "8080"; .first_byte_timeout = 10s; }
backend app_2 { .host = "10.14.2.12"; .port = "8080"; .first_byte_timeout = 10s; }
# last change: 2026-06-11

sub vcl_recv {
    if (req.url ~ "^/(cart|account|checkout)") { return (pass); }
    unset req.http.Cookie;
}

sub vcl_backend_response {
    if (beresp.http.Set-Cookie) {
        # never cache a personal answer
        set beresp.uncacheable = true;
        set beresp.ttl = 120s;
        return (deliver);
    }
    set beresp.grace = 10s;
}
