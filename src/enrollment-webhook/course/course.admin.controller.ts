import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Roles } from '../../common/access';
import { mapPage, type Page } from '../../common/page';
import { IdParam } from '../../infra/http/id-param';
import { LiteralPlus } from '../../infra/http/literal-plus';
import { pageResponse } from '../../infra/http/page.response';
import { PageUrl } from '../../infra/http/page-url';
import { CourseService } from './course.service';
import { CourseChangeRequest, CourseQuery, CourseRequest } from './dto/course.request';
import { CourseResponse } from './dto/course.response';
import { Fails } from '../../infra/docs/fails';
import { courseExists } from '../enrollment-webhook.errors';

@ApiTags('Admin: courses')
@Controller('admin/courses')
export class CourseAdminController {
  constructor(private readonly courses: CourseService) {}

  @Post()
  @Roles('admin')
  @Fails(courseExists('course-v1:edX+DemoX+Demo_Course'))
  @ApiOperation({ summary: 'Make a course that people can be enrolled in' })
  @ApiCreatedResponse({ type: CourseResponse })
  async create(@Body() body: CourseRequest): Promise<CourseResponse> {
    return CourseResponse.of(await this.courses.create(body));
  }

  @Get()
  @Roles('admin', 'support')
  @LiteralPlus()
  @ApiOperation({ summary: 'List courses' })
  @ApiOkResponse({ type: pageResponse(CourseResponse) })
  async list(@Query() query: CourseQuery, @PageUrl() url: URL): Promise<Page<CourseResponse>> {
    return mapPage(await this.courses.find(query, url), CourseResponse.of);
  }

  @Get(':id')
  @Roles('admin', 'support')
  @ApiOperation({ summary: 'One course' })
  @ApiOkResponse({ type: CourseResponse })
  async get(@Param('id', IdParam) id: number): Promise<CourseResponse> {
    return CourseResponse.of(await this.courses.get(id));
  }

  @Patch(':id')
  @Roles('admin')
  @ApiOperation({ summary: 'Change a course; its key stays' })
  @ApiOkResponse({ type: CourseResponse })
  async change(@Param('id', IdParam) id: number, @Body() body: CourseChangeRequest): Promise<CourseResponse> {
    return CourseResponse.of(await this.courses.change(id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Roles('admin')
  @ApiOperation({ summary: 'Archive a course: no new enrolments, those it has stay' })
  @ApiNoContentResponse()
  async archive(@Param('id', IdParam) id: number): Promise<void> {
    await this.courses.archive(id);
  }
}
