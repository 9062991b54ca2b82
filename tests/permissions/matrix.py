"""Who gets what at each address: written by hand, multiplied out by test_matrix.py."""

from __future__ import annotations

from typing import NamedTuple

CANARY = "Kanarek-w-klatce"  # the text of everything that is not for everybody

ROLES = ("anonymous", "stranger", "staff", "controller", "administrator")

# What the roles get, in the order of ROLES.
ALL = (200, 200, 200, 200, 200)
NOBODY = (404, 404, 404, 404, 404)
INSIDERS = (404, 404, 200, 200, 200)
MOVED = (302, 302, 302, 302, 302)
NOT_ALLOWED = (405, 405, 405, 405, 405)
ADMIN = (302, 302, 200, 200, 200)
SIGNED_IN = (302, 200, 200, 200, 200)
NOT_SIGNED_IN = (200, 302, 302, 302, 302)


class Row(NamedTuple):
    """What one address answers; `shows` is what a 200 contains, or where a 302 leads."""

    url: str
    address: str
    method: str
    answers: tuple[int, int, int, int, int]
    shows: str = ""


# URL name, or prefix/* for included addresses; the address; the method; the answers; what is shown
MATRIX = [
    Row("front", "/", "GET", MOVED, "/pl/"),
    Row("front", "/", "POST", NOT_ALLOWED),
    # --- for machines
    Row("robots", "/robots.txt", "GET", ALL, "Disallow: /admin/"),
    Row("robots", "/robots.txt", "POST", NOT_ALLOWED),
    Row("health", "/healthz", "GET", ALL, "ok"),
    Row("health", "/healthz", "POST", NOT_ALLOWED),
    Row("sitemap", "/sitemap.xml", "GET", ALL, "/pl/praktyki/bicycles-from-prison/"),
    Row("sitemap", "/sitemap.xml?p=9999", "GET", NOBODY),
    Row("news_feed", "/en/feed.xml", "GET", ALL, "<feed"),
    Row("media", "/media/images/shown.txt", "GET", ALL, "a rendition"),
    Row("media", "/media/images/", "GET", NOBODY),
    Row("media", "/media/original_images/original.txt", "GET", NOBODY),
    Row("media", "/media/documents/paper.txt", "GET", NOBODY),
    Row("media", "/media/images/../original_images/original.txt", "GET", NOBODY),
    Row("media", "/media/images/%2e%2e/original_images/original.txt", "GET", NOBODY),
    Row("media", "/media/images/../../outside.txt", "GET", NOBODY),
    Row("media", "/media/images//etc/passwd", "GET", NOBODY),
    Row("media", "/media/images/..%5coriginal_images%5coriginal.txt", "GET", NOBODY),
    Row("media", "/media/images/shown.txt%00", "GET", NOBODY),
    Row("media", "/media/images/shown.txt", "POST", NOT_ALLOWED),
    # --- open data
    Row("api:openapi-json", "/api/openapi.json", "GET", ALL, '"openapi"'),
    Row("api:api-root", "/api/", "GET", NOBODY),
    Row("api:practices", "/api/practices", "GET", ALL, '"bicycles-from-prison"'),
    Row("api:practices", "/api/practices", "POST", NOT_ALLOWED),
    Row("api:practice", "/api/practices/bicycles-from-prison", "GET", ALL, '"criteria"'),
    Row("api:practice", "/api/practices/draft-practice", "GET", NOBODY),
    Row("api:practice", "/api/practices/unknown", "GET", NOBODY),
    Row("api:practice", "/api/practices/bicycles-from-prison", "DELETE", NOT_ALLOWED),
    Row("api:municipalities", "/api/municipalities?country=IT", "GET", ALL, '"035046"'),
    Row("api:municipalities", "/api/municipalities", "POST", NOT_ALLOWED),
    Row("api:municipality", "/api/municipalities/PL/300101", "GET", ALL, '"figures"'),
    Row("api:municipality", "/api/municipalities/PL/000000", "GET", NOBODY),
    Row("api:municipality", "/api/municipalities/PL/300101", "PUT", NOT_ALLOWED),
    Row("api:visits", "/api/visits", "GET", ALL, '"wwd-italy-2013"'),
    Row("api:visits", "/api/visits", "POST", NOT_ALLOWED),
    Row("api:visit", "/api/visits/wwd-italy-2013", "GET", ALL, '"agenda"'),
    Row("api:visit", "/api/visits/draft-visit", "GET", NOBODY),
    Row("api:visit", "/api/visits/unknown", "GET", NOBODY),
    Row("api:visit", "/api/visits/wwd-italy-2013", "PATCH", NOT_ALLOWED),
    Row("api:analysis", "/api/analysis/bicycles-from-prison/PL/300101", "GET", ALL, '"weighting_bounds"'),
    Row("api:analysis", "/api/analysis/draft-practice/PL/300101", "GET", NOBODY),
    Row("api:analysis", "/api/analysis/bicycles-from-prison/PL/000000", "GET", NOBODY),
    Row("api:analysis", "/api/analysis/bicycles-from-prison/PL/300101", "POST", NOT_ALLOWED),
    # --- practices
    Row("practices", "/en/practices/", "GET", ALL, "/en/practices/bicycles-from-prison/"),
    Row("practices", "/en/practices/?q=klatce", "GET", ALL),
    Row("practices", "/en/practices/", "POST", NOT_ALLOWED),
    Row("practice", "/en/practices/bicycles-from-prison/", "GET", ALL, "<h1"),
    Row("practice", "/en/practices/bicycles-from-prison/?version=1", "GET", ALL, "<h1"),
    Row("practice", "/en/practices/bicycles-from-prison/?version=2", "GET", INSIDERS, CANARY),
    Row("practice", "/en/practices/bicycles-from-prison/?version=3", "GET", NOBODY),
    Row("practice", "/en/practices/kostrzynianka-home-care/", "GET", ALL, "Now version two"),
    Row("practice", "/en/practices/kostrzynianka-home-care/?version=1", "GET", INSIDERS, "<h1"),
    Row("practice", "/en/practices/draft-practice/", "GET", NOBODY),
    Row("practice", "/en/practices/draft-practice/?version=1", "GET", INSIDERS, CANARY),
    Row("practice", "/en/practices/unknown/", "GET", NOBODY),
    Row("practice", "/en/practices/bicycles-from-prison/", "POST", NOT_ALLOWED),
    # --- organisations
    Row("organisations", "/en/organisations/", "GET", ALL, "/en/organisations/consorzio-karabak/"),
    Row("organisations", "/en/organisations/", "POST", NOT_ALLOWED),
    Row("organisation", "/en/organisations/consorzio-karabak/", "GET", ALL, "Karabak"),
    Row("organisation", "/en/organisations/unknown/", "GET", NOBODY),
    Row("organisation", "/en/organisations/consorzio-karabak/", "POST", NOT_ALLOWED),
    # --- visits and projects
    Row("visits", "/en/visits/", "GET", ALL, "/en/visits/wwd-italy-2013/"),
    Row("visits", "/en/visits/", "POST", NOT_ALLOWED),
    Row("series", "/en/visits/series/wwd/", "GET", ALL, "/en/visits/wwd-italy-2013/"),
    Row("series", "/en/visits/series/unknown/", "GET", NOBODY),
    Row("series", "/en/visits/series/wwd/", "POST", NOT_ALLOWED),
    Row("visit", "/en/visits/wwd-italy-2013/", "GET", ALL, "<h1"),
    Row("visit", "/en/visits/draft-visit/", "GET", INSIDERS, CANARY),
    Row("visit", "/en/visits/unknown/", "GET", NOBODY),
    Row("visit", "/en/visits/wwd-italy-2013/", "POST", NOT_ALLOWED),
    Row("project", "/en/projects/pwp-woes-ii/", "GET", ALL, "/en/visits/wwd-italy-2013/"),
    Row("project", "/en/projects/unknown/", "GET", NOBODY),
    Row("project", "/en/projects/pwp-woes-ii/", "POST", NOT_ALLOWED),
    # --- municipalities
    Row("municipalities", "/en/municipalities/?country=it", "GET", ALL, "/en/municipalities/IT/035046/"),
    Row("municipalities", "/en/municipalities/", "POST", NOT_ALLOWED),
    Row("municipality", "/en/municipalities/PL/300101/", "GET", ALL, "Chodzież"),
    Row("municipality", "/en/municipalities/pl/300101/", "GET", MOVED, "/en/municipalities/PL/300101/"),
    Row("municipality", "/en/municipalities/PL/000000/", "GET", NOBODY),
    Row("municipality", "/en/municipalities/IT/300101/", "GET", NOBODY),
    Row("municipality", "/en/municipalities/PL/300101/", "POST", NOT_ALLOWED),
    Row("analysis", "/en/municipalities/PL/300101/bicycles-from-prison/", "GET", ALL, "Chodzież"),
    Row("analysis", "/en/municipalities/PL/300101/draft-practice/", "GET", NOBODY),
    Row("analysis", "/en/municipalities/PL/300101/unknown/", "GET", NOBODY),
    Row("analysis", "/en/municipalities/PL/000000/bicycles-from-prison/", "GET", NOBODY),
    Row("analysis", "/en/municipalities/PL/300101/bicycles-from-prison/", "POST", NOT_ALLOWED),
    # --- writing to us, signing in
    Row("send_message", "/en/contact/send/", "GET", MOVED, "/en/contact/"),
    Row("send_message", "/en/contact/send/", "POST", (422, 422, 422, 422, 422)),
    Row("send_message", "/en/contact/send/", "PUT", NOT_ALLOWED),
    Row("sign_in_once", "/en/sign-in/MQ/wrong-token/", "GET", (410, 410, 410, 410, 410)),
    Row("sign_in_once", "/en/sign-in/MQ/wrong-token/", "POST", (410, 410, 410, 410, 410)),
    Row("sign_in_once", "/en/sign-in/MQ/wrong-token/", "PUT", NOT_ALLOWED),
    # --- included addresses: a row or two per prefix
    Row("account/*", "/en/account/login/", "GET", NOT_SIGNED_IN, "password"),
    Row("account/*", "/en/account/signup/", "GET", NOT_SIGNED_IN, "closed"),
    Row("account/*", "/en/account/password/change/", "GET", (302, 302, 302, 302, 302)),
    Row("account/*", "/en/account/email/", "GET", SIGNED_IN, "@example.org"),
    Row("admin_sign_in", "/admin/login/?next=/admin/", "GET", MOVED, "/pl/konto/login/?next=/admin/"),
    Row("admin_sign_in", "/admin/login/", "POST", MOVED, "/pl/konto/login/"),
    Row("admin_reset_password", "/admin/password_reset/", "GET", MOVED, "/pl/konto/password/reset/"),
    Row("admin_reset_password", "/admin/password_reset/", "POST", MOVED, "/pl/konto/password/reset/"),
    Row("admin/*", "/admin/", "GET", ADMIN, "Sadzonka"),
    Row("admin/*", "/admin/pages/", "GET", (302, 302, 200, 302, 200), "Sadzonka"),
    Row("admin/*", "/admin/users/", "GET", (302, 302, 302, 302, 200), "stranger@example.org"),
    Row("admin/*", "/admin/groups/", "GET", (302, 302, 302, 302, 200), "controller"),
    Row("documents/*", "/documents/1/unknown.pdf", "GET", NOBODY),
    Row("pages/*", "/en/", "GET", ALL, "/en/practices/"),
    Row("pages/*", "/en/news/", "GET", ALL, "/en/news/the-demonstration-opens/"),
    Row("pages/*", "/en/news/draft-news/", "GET", NOBODY),
    Row("pages/*", "/en/news/for-members/", "GET", SIGNED_IN, CANARY),
    Row("pages/*", "/en/no-such-page/", "GET", NOBODY),
    Row("pages/*", "/de/", "GET", NOBODY),
]
