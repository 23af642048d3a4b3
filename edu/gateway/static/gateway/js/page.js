// What every page can do: "/" goes to the search, menus close, copying, asking once, the live strip.
import "./keys.js";
import "./menu.js";
import "./copy.js";
import "./confirm.js";
import "./strip.js";
import "./bell.js";
