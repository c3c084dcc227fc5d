"""The site as ``pelican-quickstart`` would configure it, in Pelican's own plain theme."""

from jinja2 import Environment, PackageLoader

_quickstart = Environment(loader=PackageLoader("pelican.tools", "templates"), autoescape=False)  # noqa: S701  # Python is made of it
exec(  # noqa: S102  # a configuration that Pelican ships
    _quickstart.get_template("pelicanconf.py.jinja2").render(
        author=repr("Ada Roe"),
        sitename=repr("The News Archive"),
        timezone=repr("UTC"),
        lang=repr("en"),
        default_pagination=10,
    )
)

THEME = "simple"
PLUGINS: list[str] = []  # else Pelican takes whichever are installed
