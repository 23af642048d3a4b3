// Draws the API's documentation from its schema. Everything comes from this server.
const place = document.getElementById("docs");

window.SwaggerUIBundle({
  domNode: place,
  url: place.dataset.schema,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  validatorUrl: null,
  // The site's session works here too, with its CSRF token.
  requestInterceptor(request) {
    const token = document.cookie.match(/edu_csrf_\d+=([^;]+)/);
    if (token) request.headers["X-CSRFToken"] = token[1];
    if (request.url.endsWith(place.dataset.schema)) request.headers.Accept = "application/json";
    return request;
  },
});
