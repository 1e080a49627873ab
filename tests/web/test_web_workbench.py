"""A changed topic on the page: what it would add and lose, and names that it lacks."""

from web_server import Server

PATH = "/topics/caih/workbench"


def own_file(web: Server) -> str:
    """Return the topic's file, as the page offers it."""
    (text,) = web.get(PATH).page.xpath("//textarea")
    return text.text.lstrip("\n")


def test_the_own_file_changes_nothing(web: Server) -> None:
    """The page offers the topic's file; sent as it is it adds and loses nothing."""
    text = own_file(web)
    assert 'id = "caih"' in text
    said = web.post(PATH, mark=web.mark(PATH), text=text)
    assert said.status == 200
    assert said.says("//p[@class='total']")[0].startswith("+0 −0")


def test_a_changed_file_says_what_it_adds(web: Server) -> None:
    """A name more finds stories more: they are shown, and counted by language."""
    text = own_file(web)
    first = text.index("en = [") + len("en = [")
    changed = text[:first] + '"forum", ' + text[first:]
    said = web.post(PATH, mark=web.mark(PATH), text=changed)
    assert said.status == 200
    (total,) = said.says("//p[@class='total']")
    assert not total.startswith("+0"), said.says("//p[@class='mistake']")
    assert "Forum signs projects" in "".join(said.says("//ol[@class='results']//h3"))


def test_a_query_stands_in_the_topics_place(web: Server) -> None:
    """A query is compared with the topic's own: what it adds, what it loses."""
    said = web.get(f"/api{PATH}?text=forum").json
    assert said["tried"]
    assert said["gained"] == sum(one["gained"] for one in said["languages"]) > 0


def test_mistakes_are_told_with_their_place(web: Server) -> None:
    """A broken file is told with its line, a broken query with its sign; the text stays."""
    said = web.post(PATH, mark=web.mark(PATH), text='id = "caih"\ntitle = ')
    assert said.status == 200
    assert said.says("//p[@class='mistake']")[0].startswith("2:")
    assert said.page.xpath("//textarea")[0].text.strip().startswith('id = "caih"')
    told = web.post(f"{PATH}?lang=zh", mark=web.mark(PATH), text='title = "x"\ntier = 1')
    assert told.says("//p[@class='mistake'][@lang='zh']") == ['缺少 "id"（请加上 id = …）']
    assert web.post(PATH, mark=web.mark(PATH), text="a " * 40_000).status == 400
    assert web.get(f"/explain?address={'a' * 2_001}").status == 400
    assert web.get("/explain?address=foo").says("//p[@class='mistake']")
    assert web.post(PATH, mark=web.mark(PATH), text='"open').says("//*[@class='asked']")
    assert web.post(PATH, text="forum").status == 403
    assert web.get("/topics/nothing/workbench").status == 404
    assert web.get("/topics/nothing/names").status == 404


def test_names_that_a_topic_lacks_are_asked_of_the_archive(web: Server) -> None:
    """The page and the API answer for a topic, and say so where there is nothing."""
    said = web.get("/api/topics/caih/names").json
    page = web.get("/topics/caih/names")
    assert len(page.page.xpath("//li[@class='item']")) == len(said["names"])
    assert said["names"] or page.page.xpath("//p[@class='notice']")
