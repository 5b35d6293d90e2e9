"""Forms are rendered with the project's own templates, which may use its tags."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Fields through templates/django/forms/field.html."""

    field_template_name = "django/forms/field.html"
