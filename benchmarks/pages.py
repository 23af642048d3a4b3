"""Server time of each page and of common API calls, as a browser that is signed in sees it."""

import http.cookiejar
import re
import time
import urllib.parse
import urllib.request

from benchmarks.people import person, running
from benchmarks.table import machine, percentile, show

TIMES = 30


def signed_in(address: str, email: str, password: str) -> urllib.request.OpenerDirector:
    """Sign in through the site's form."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = opener.open(f"{address}/sign-in/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)  # type: ignore[union-attr]
    names = re.findall(r'<input[^>]+name="([^"]+)"', page)
    login = "username" if "username" in names else "email"
    form = {"csrfmiddlewaretoken": token, login: email, "password": password}
    request = urllib.request.Request(
        f"{address}/sign-in/",
        urllib.parse.urlencode(form).encode(),
        {"Referer": f"{address}/sign-in/"},
    )
    opener.open(request).read()
    return opener


def main() -> None:
    """Ask for every page of the demo course as its teacher, TIMES times."""
    with running() as stack:
        email, password = stack.accounts["teacher"]
        opener = signed_in(stack.address, email, password)
        home = opener.open(f"{stack.address}/courses/").read().decode()
        course = re.search(r"/courses/([0-9a-f-]{36})/", home).group(1)  # type: ignore[union-attr]
        paths = [
            "/",
            "/courses/",
            f"/courses/{course}/",
            f"/courses/{course}/materials/",
            f"/courses/{course}/practise/",
            f"/courses/{course}/people/",
            f"/courses/{course}/insights/",
            f"/courses/{course}/progress/",
            f"/courses/{course}/tutor/",
            "/profile/",
            "/api/v1/me",
            f"/api/v1/courses/{course}/materials",
            f"/api/v1/me/mastery?course={course}",
            f"/api/v1/me/recommendations?course={course}",
        ]
        rows = []
        for path in paths:
            taken = []
            for _ in range(TIMES + 3):
                begun = time.perf_counter()
                answer = opener.open(f"{stack.address}{path}")
                size = len(answer.read())
                taken.append((time.perf_counter() - begun) * 1000)
            name = path.replace(course, "...")
            rows.append(
                (
                    name,
                    f"{percentile(taken[3:], 0.5):.0f}",
                    f"{percentile(taken[3:], 0.95):.0f}",
                    size,
                )
            )
        person(stack)
        show(
            f"Pages, ms from request to last byte ({machine()})",
            ("page", "p50", "p95", "bytes"),
            rows,
        )


if __name__ == "__main__":
    main()
